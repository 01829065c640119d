"""By what the person to be erased is found."""

from donations.care.people import Person
from donations.giving.operations.forgetting import trace_giving
from donations.supporters.forgetting import addresses_before, without_others
from donations.supporters.traces import Gathering, Traces


def traces_of(person: Person) -> Traces:
    """Of all their records, gifts and addresses, as long as an address is nobody else's."""
    found = Gathering()
    trace_giving(person.ids, found)
    records = (person.supporter, *person.merged)
    found.take("addresses", person.addresses)
    found.take("addresses", addresses_before(person.ids))
    for record in records:
        found.take("names", (record.name, record.public_name))
        if record.user is not None and not record.user.is_staff:
            found.take("addresses", (record.user.email,))
    return Traces(
        ids=person.ids,
        addresses=without_others(found.addresses, person.ids),
        names=found.names,
        customers=found.customers,
        refs=found.refs,
    )
