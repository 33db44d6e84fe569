import re

from django.http import HttpResponse
from django.test import RequestFactory

from audit.middleware import RequestIdMiddleware
from audit.request_ids import current_request_id


def test_request_has_an_id_that_no_client_chooses():
    seen = []

    def page(request):
        seen.append((request.request_id, current_request_id()))
        return HttpResponse()

    chain = RequestIdMiddleware(page)
    answers = [chain(RequestFactory().get("/", headers={"x-request-id": "attacker"})) for _ in range(2)]
    assert all(re.fullmatch("[0-9a-f]{32}", made) and made == current for made, current in seen)
    assert seen[0] != seen[1]
    assert current_request_id() == ""
    assert all("X-Request-Id" not in answer.headers for answer in answers)
