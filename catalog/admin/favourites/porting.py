"""Files out and in: tried first, then confirmed, all rows or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm

from catalog.admin.favourites.files import Carried, GuardedCSV, NamedJSON, Unreadable
from catalog.admin.favourites.resources import MOST_ROWS

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = ImportExportMixin

FORMATS = [GuardedCSV, NamedJSON]
MOST_BYTES = 1024 * 1024  # of which a form can carry the packed file
MOST_NAMED = 10


class UploadForm(ImportForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        limits = {"rows": MOST_ROWS, "size": filesizeformat(MOST_BYTES)}
        self.fields["import_file"].help_text = gettext("In UTF-8; at most %(rows)s rows and %(size)s.") % limits

    def clean_import_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["import_file"]
        if (file.size or 0) > MOST_BYTES:
            sizes = {"size": filesizeformat(file.size or 0), "most": filesizeformat(MOST_BYTES)}
            raise ValidationError(gettext("The file has %(size)s; at most %(most)s come in at once.") % sizes)
        return file


class ConfirmForm(ConfirmImportForm):
    resource = None
    format = forms.IntegerField(min_value=0, max_value=len(FORMATS) - 1, widget=forms.HiddenInput)

    def clean_import_file_name(self) -> str:
        carried: str = super().clean_import_file_name()
        try:
            Carried(name=carried).read()
        except BadSignature as exc:
            raise ValidationError(gettext("This was not tried here, or too long ago: choose the file again.")) from exc
        return carried


class Portable(Base):
    """Who may see may take a file out; who may add and change may bring one in."""

    formats = FORMATS
    to_encoding = "utf-8"
    tmp_storage_class = Carried
    import_form_class = UploadForm
    confirm_form_class = ConfirmForm
    export_form_class = ExportForm
    import_template_name = "admin/catalog/import.html"

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_import_data_kwargs(self, **options: Any) -> dict[str, Any]:
        given: dict[str, Any] = super().get_import_data_kwargs(**options)  # type: ignore[misc]
        return given | {"rollback_on_validation_errors": True}

    def add_data_read_fail_error_to_form(self, form: forms.Form, error: Exception) -> None:
        match error:
            case Unreadable():
                form.add_error("import_file", str(error))
            case UnicodeDecodeError():
                form.add_error("import_file", gettext("The file is not in UTF-8."))
            case _:
                form.add_error("import_file", gettext("The file cannot be read; is it of the format chosen?"))

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Between trial and confirmation others may have changed what a row counted on."""
        if not (result.has_errors() or result.has_validation_errors()):
            response: HttpResponse = super().process_result(result, request)  # type: ignore[misc]
            return response
        self.message_user(request, gettext("Nothing was written: try the file again."), messages.ERROR)
        for row in result.invalid_rows[:MOST_NAMED]:
            named = {"number": row.number, "why": " ".join(row.error.messages)}
            self.message_user(request, gettext("Row %(number)s: %(why)s") % named, messages.ERROR)
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_import"))

    def add_success_message(self, result: Any, request: HttpRequest) -> None:
        counted = {"new": result.totals["new"], "changed": result.totals["update"], "same": result.totals["skip"]}
        words = gettext("Imported. Added: %(new)s; changed: %(changed)s; as they were: %(same)s.")
        self.message_user(request, words % counted, messages.SUCCESS)
