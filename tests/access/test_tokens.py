"""Secrets are long, kept as hashes, and slow to guess."""

import pytest

from charniere.access.tokens import (
    MINUTE,
    TOKEN_LENGTH,
    WATCHED,
    Throttle,
    address_key,
    derived_token,
    hashed,
    random_token,
)


def test_tokens_hold_192_random_bits() -> None:
    tokens = {random_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {TOKEN_LENGTH}


def test_a_derived_token_is_the_same_again_for_its_secret_purpose_and_name_alone() -> None:
    token = derived_token(b"secret", "invitation", "a")
    assert token == derived_token(b"secret", "invitation", "a")
    others = {
        derived_token(b"secreT", "invitation", "a"),
        derived_token(b"secret", "entry", "a"),
        derived_token(b"secret", "invitation", "b"),
    }
    assert len(others | {token}) == 4
    assert len(token) == TOKEN_LENGTH


def test_a_hash_does_not_hold_its_token_and_takes_any_text() -> None:
    token = random_token()
    assert token not in hashed(token)
    assert len(hashed("\ud83d")) == 64


class Clock:
    now = 0

    def __call__(self) -> int:
        return self.now


def test_a_key_waits_after_its_limit_and_is_free_a_minute_later() -> None:
    clock = Clock()
    throttle = Throttle(3, clock)
    for _ in range(3):
        assert not throttle.is_over("a")
        throttle.count("a")
        clock.now += 1_000
    assert throttle.is_over("a")
    assert not throttle.is_over("b")
    clock.now = MINUTE
    assert not throttle.is_over("a")


def test_what_is_remembered_is_bounded() -> None:
    throttle = Throttle(1, Clock())
    for n in range(WATCHED + 5):
        throttle.count(str(n))
    assert not throttle.is_over("0")
    assert throttle.is_over(str(WATCHED + 4))


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "unknown"),
        (None, "unknown"),
    ],
)
def test_an_address_is_told_as_far_as_its_owner_reaches(host: str | None, key: str) -> None:
    assert address_key(host) == key
