"""Stanza's official models, fetched by Stanza's own code."""

from __future__ import annotations

import os
from pathlib import Path

from parsers.card import ModelError
from parsers.models import PROCESSORS, PULLED


def pull(language: str, package: str, folder: Path | None = None, url: str | None = None) -> Path:
    """Fetch a package of a language into `folder` (else STANZA_RESOURCES_DIR, else a folder of Marsad's own); returns the folder.

    `url` is a mirror of Stanza's resources. Raises ModelError where the network, the language or the package is missing.
    """
    import stanza
    from stanza.resources.common import DEFAULT_RESOURCES_URL, download_resources_json, load_resources_json

    target = str(folder or os.environ.get("STANZA_RESOURCES_DIR") or PULLED)
    source = url or DEFAULT_RESOURCES_URL
    try:
        download_resources_json(target, resources_url=source)
        packages = load_resources_json(target).get(language, {}).get("packages", {})
        if package not in packages:
            raise ModelError(f"{source} has {', '.join(packages) or 'no package'} for {language}")
        stanza.download(language, model_dir=target, package=package, processors=",".join(PROCESSORS), resources_url=source, verbose=False)
    except Exception as error:  # Stanza lets through whatever requests, the file system and its own lists raise
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(
            f"Stanza's {language} models ({package}) could not be fetched: {reason}. Check the network, the language and the package; the models in use stay in use"
        ) from None
    return Path(target)
