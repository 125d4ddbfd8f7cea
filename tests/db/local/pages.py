"""Reads the pages of an encrypted file with its key, free ones too, as a thief with the key would."""

from __future__ import annotations

import ctypes
import ctypes.util
from pathlib import Path

import pytest

_PAGE, _RESERVE, _IV, _SALT = 4096, 80, 16, 16


def plain_pages(path: Path, key: bytes) -> bytes:
    """Return the whole content of a SQLCipher 4 file, decrypted page by page (AES-256-CBC)."""
    whole = path.read_bytes()
    pages = []
    for start in range(0, len(whole), _PAGE):
        page = whole[start : start + _PAGE]
        body, iv = page[: _PAGE - _RESERVE], page[_PAGE - _RESERVE : _PAGE - _RESERVE + _IV]
        pages.append(_decrypt(key, iv, body[_SALT:] if start == 0 else body))
    return b"".join(pages)


def _decrypt(key: bytes, iv: bytes, body: bytes) -> bytes:
    name = ctypes.util.find_library("crypto")
    if name is None:
        pytest.skip("this machine has no libcrypto to read the raw pages with")
    crypto = ctypes.CDLL(name)
    crypto.EVP_CIPHER_CTX_new.restype = ctypes.c_void_p
    crypto.EVP_aes_256_cbc.restype = ctypes.c_void_p
    context = ctypes.c_void_p(crypto.EVP_CIPHER_CTX_new())
    out = ctypes.create_string_buffer(len(body) + 16)
    written = ctypes.c_int(0)
    crypto.EVP_DecryptInit_ex(context, ctypes.c_void_p(crypto.EVP_aes_256_cbc()), None, key, iv)
    crypto.EVP_CIPHER_CTX_set_padding(context, 0)
    crypto.EVP_DecryptUpdate(context, out, ctypes.byref(written), body, len(body))
    crypto.EVP_CIPHER_CTX_free(context)
    return out.raw[: written.value]
