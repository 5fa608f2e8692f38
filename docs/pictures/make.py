"""The README's pictures, taken from a running site:  python docs/pictures/make.py [ADDRESS]

Needs the packages of `make test` and a Chromium of the system. Replaces the PNG files beside this one.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
# File name → (address, how the browser is set up).
PICTURES = {
    "home": ("/", {"viewport": {"width": 1280, "height": 800}}),
    "procedure": ("/procedures/vertebroplasty/", {"viewport": {"width": 1280, "height": 860}}),
    "phone": ("/procedures/vertebroplasty/", PHONE),
}


def main(site):
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium)
        for name, (path, setup) in PICTURES.items():
            page = browser.new_page(color_scheme="light", reduced_motion="reduce", **setup)
            page.goto(site.rstrip("/") + path, wait_until="networkidle")
            page.screenshot(path=HERE / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:] or ["http://127.0.0.1:8000"])
