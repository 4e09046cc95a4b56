import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mawj.crm.creators.models


class Migration(migrations.Migration):
    dependencies = [
        ("creators", "0001_initial"),
        ("data", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ListFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("headings", models.JSONField(default=mawj.crm.creators.models.no_texts)),
                ("n_rows", models.IntegerField(null=True)),
                ("n_found", models.IntegerField(null=True)),
                ("n_added", models.IntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="creators.creatorlist",
                    ),
                ),
                (
                    "upload",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="list_file",
                        to="data.upload",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="RowLeftOut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row", models.IntegerField()),
                ("said", models.TextField(blank=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("empty", "Empty"),
                            ("none", "None"),
                            ("several", "Several"),
                            ("unreadable", "Unreadable"),
                        ],
                        max_length=10,
                    ),
                ),
                ("accounts", models.JSONField(default=mawj.crm.creators.models.no_texts)),
                ("cells", models.JSONField(default=mawj.crm.creators.models.no_texts)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="left_out",
                        to="creators.listfile",
                    ),
                ),
            ],
            options={
                "ordering": ["row", "id"],
            },
        ),
    ]
