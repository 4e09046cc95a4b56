"""What is asked of somebody who comes in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from mawj.crm.members.models import User
from mawj.web.wording import said


class JoinForm(forms.Form):
    """A name, an address and a password; the address stands fixed in an invitation."""

    name = forms.CharField(max_length=120)
    email = forms.EmailField()
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = said(f"joining.{name}")
            field.widget.attrs["class"] = "form-control"
        if email:
            self.fields["email"].disabled = True
            self.fields["email"].initial = email

    def clean_email(self) -> str:
        """The address, of which there is no user yet."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError(said("joining.email_taken"))
        return email

    def clean(self) -> dict[str, Any]:
        """All of it, with a password that is not easily guessed."""
        told = dict(super().clean() or {})
        if told.get("password") and told.get("email"):
            who = User(email=told["email"], name=told.get("name", ""))
            try:
                validate_password(told["password"], who)
            except ValidationError as error:
                self.add_error("password", error)
        return told


class FirstForm(JoinForm):
    """What the first owner says: also what the workspace is called."""

    workspace = forms.CharField(max_length=120)
