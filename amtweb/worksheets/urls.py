from __future__ import annotations

from django.urls import path

from amtweb.exchange.subjects import PLACES
from amtweb.worksheets import lot_views, tax_software_views, views

app_name = "worksheets"

urlpatterns = [
    *(
        path(f"{prefix}worksheets/", views.some_year, {"find": find}, name=f"years{name}")
        for prefix, name, find in PLACES
    ),
    *(
        path(f"{prefix}worksheets/<int:year>/", views.year_page, {"find": find}, name=f"year{name}")
        for prefix, name, find in PLACES
    ),
    *(
        path(
            f"{prefix}worksheets/tax-software/",
            tax_software_views.some_sheet,
            {"find": find},
            name=f"tax_software{name}",
        )
        for prefix, name, find in PLACES
    ),
    *(
        path(
            f"{prefix}worksheets/<int:year>/tax-software/",
            tax_software_views.sheet,
            {"find": find},
            name=f"tax_software_of_year{name}",
        )
        for prefix, name, find in PLACES
    ),
    *(
        path(f"{prefix}lots/", lot_views.lots, {"find": find}, name=f"lots{name}")
        for prefix, name, find in PLACES
    ),
]
