"""Limits of the interface for programs, from environment variables that begin with `TRUAT_API_`."""

from functools import cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ApiSettings(BaseSettings):
    """How much a program may ask.

    `per_minute` calls with one token, in each process; `body_seconds` for all of a file,
    `pause_seconds` between two pieces of it.
    """

    model_config = SettingsConfigDict(env_prefix="TRUAT_API_", env_ignore_empty=True, frozen=True)

    per_minute: int = Field(default=600, gt=0)
    body_seconds: float = Field(default=120.0, gt=0)
    pause_seconds: float = Field(default=15.0, gt=0)


@cache
def api_settings() -> ApiSettings:
    """The settings of this process."""
    return ApiSettings()
