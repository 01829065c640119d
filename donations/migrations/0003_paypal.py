"""PayPal in the same books: codes, payers, what staff decide, activity files."""

import django.core.validators
import django.db.models.deletion
import donations.codes
import donations.outlet.validators
from django.conf import settings
from django.db import migrations, models


def fill_in(apps, schema_editor):
    """What rows of before know already: their fee's currency, their terms, their certainty."""
    f = models.F
    apps.get_model("donations", "Donation").objects.exclude(fee_minor=None).update(
        fee_currency=f("settled_currency")
    )
    apps.get_model("donations", "Subscription").objects.update(terms_at=f("observed_at"))
    apps.get_model("donations", "InboundEvent").objects.update(confirmed_at=f("received_at"))
    pledges = apps.get_model("donations", "Pledge").objects
    for pledge in pledges.only("pk").iterator():
        pledges.filter(pk=pledge.pk).update(code=donations.codes.new_code())


class Migration(migrations.Migration):

    dependencies = [
        ('donations', '0002_default_outlet'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivityFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('header_digest', models.CharField(blank=True, db_index=True, max_length=64)),
                ('state', models.CharField(choices=[('new', 'being looked into'), ('asking', 'has questions'), ('ready', 'ready to be imported'), ('confirmed', 'waiting to be imported'), ('running', 'being imported'), ('done', 'imported'), ('refused', 'refused'), ('discarded', 'thrown away')], default='new', max_length=10)),
                ('answers', models.JSONField(default=dict)),
                ('is_asked_anew', models.BooleanField(default=False)),
                ('survey', models.JSONField(default=dict)),
                ('report', models.JSONField(default=dict)),
                ('error', models.TextField(blank=True)),
                ('uploaded_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ActivityFilePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('data', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Attribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('attached', 'attached to a supporter'), ('created', 'attached to a new supporter'), ('pledged', 'attached to a pledge'), ('left', 'left without a supporter')], max_length=10)),
                ('at', models.DateTimeField(db_index=True)),
                ('undone_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='donation',
            name='donation_fee_has_a_currency',
        ),
        migrations.AddField(
            model_name='donation',
            name='fee_currency',
            field=models.CharField(blank=True, max_length=3),
        ),
        migrations.AddField(
            model_name='donation',
            name='is_from_file',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='donation',
            name='is_left_alone',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='donation',
            name='note',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='donation',
            name='payer_email',
            field=models.CharField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name='donation',
            name='payer_name',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='inboundevent',
            name='confirmed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='outlet',
            name='paypal_links',
            field=models.JSONField(blank=True, default=dict, validators=[donations.outlet.validators.link_templates]),
        ),
        migrations.AddField(
            model_name='outlet',
            name='paypal_merchant_id',
            field=models.CharField(blank=True, max_length=20, validators=[django.core.validators.RegexValidator('^[A-Z0-9]{13}\\Z')]),
        ),
        migrations.AddField(
            model_name='pledge',
            name='article_title',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='pledge',
            name='code',
            field=models.CharField(max_length=9, null=True),
        ),
        migrations.AddField(
            model_name='subscription',
            name='old_ref',
            field=models.CharField(blank=True, db_index=True, max_length=255),
        ),
        migrations.AddField(
            model_name='subscription',
            name='terms_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='inboundevent',
            name='state',
            field=models.CharField(choices=[('pending', 'waiting'), ('done', 'done'), ('parked', 'set aside'), ('rejected', 'not from the provider'), ('stuck', 'needs attention')], default='pending', max_length=10),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='pledge',
            name='code',
            field=models.CharField(default=donations.codes.new_code, max_length=9, unique=True),
        ),
        migrations.AddIndex(
            model_name='donation',
            index=models.Index(condition=models.Q(('is_left_alone', False), ('supporter__isnull', True)), fields=['received_at'], name='donation_of_nobody'),
        ),
        migrations.AddConstraint(
            model_name='donation',
            constraint=models.CheckConstraint(condition=models.Q(('fee_minor__isnull', True), models.Q(('fee_currency', ''), _negated=True), _connector='OR'), name='donation_fee_has_a_currency'),
        ),
        migrations.AddField(
            model_name='activityfile',
            name='uploaded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='activityfilepart',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='donations.activityfile'),
        ),
        migrations.AddField(
            model_name='attribution',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attribution',
            name='donation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attributions', to='donations.donation'),
        ),
        migrations.AddField(
            model_name='attribution',
            name='leader',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followers', to='donations.attribution'),
        ),
        migrations.AddField(
            model_name='attribution',
            name='pledge',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attributions', to='donations.pledge'),
        ),
        migrations.AddField(
            model_name='attribution',
            name='supporter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='attributions', to='donations.supporter'),
        ),
        migrations.AddField(
            model_name='attribution',
            name='undone_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='activityfilepart',
            constraint=models.UniqueConstraint(fields=('file', 'number'), name='activity_part_once'),
        ),
    ]
