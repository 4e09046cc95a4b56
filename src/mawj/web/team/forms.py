"""What is asked of an owner."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from mawj.crm.members.models import Workspace
from mawj.crm.members.roles import Role


class InviteForm(forms.Form):
    """Whom to invite, as what."""

    email = forms.EmailField(max_length=254)
    role = forms.ChoiceField(choices=[(role.value, role.value) for role in Role])


class WorkspaceForm(forms.ModelForm):  # type: ignore[type-arg]
    """Name and currency of a workspace."""

    class Meta:
        """Two fields of it."""

        model = Workspace
        fields: ClassVar[list[str]] = ["name", "currency"]

    def clean_currency(self) -> Any:
        """Three capital letters (ISO 4217)."""
        code = str(self.cleaned_data["currency"]).strip().upper()
        if not (len(code) == 3 and code.isascii() and code.isalpha()):
            raise forms.ValidationError("ISO 4217: USD, SAR, IRR …")
        return code
