from catalog.tests.services.conftest import aged, transport_folder, upstream  # noqa: F401
from catalog.tests.views.conftest import anilibria, everything  # noqa: F401
