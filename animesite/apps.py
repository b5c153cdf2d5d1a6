from django.contrib.admin.apps import AdminConfig


class CuratorsAdmin(AdminConfig):
    default_site = "animesite.curators.CuratorsSite"
