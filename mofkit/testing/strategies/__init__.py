"""Hypothesis strategies for everything that mofkit reads and writes.

Each says what it generates and what it does not. Strategies are functions with plural names; most
take others as arguments. What they return shrinks to the plainest: the first names, no white space
but what is needed, the layout of the encoder.

    names, values    identifiers, texts, guids · cim_types, values_of, literals, datetimes
    elements         flavor_words, qualifiers, properties, parameters, methods, classes, instances
    schemas          schemas: all they name is there · driver_schemas · provider_registrations
    MOF text         mof_texts, mof_files of schemas · tidy_files · sentences, lark_sentences,
                     token_streams · subscription_files, embedded_texts
    binary MOF       bmf_schemas, plain_bmf_schemas, bmf_payloads, bmf_files, bmf_holders
    registration     reginfo_replies, reginfo_states, reginfo_buffers
    WNODEs           wnodes, wnode_chains, driver_blocks

>>> from hypothesis import given, settings
>>> from mofkit import bind, parse_source
>>> @settings(max_examples=10)
... @given(mof_texts())
... def test_my_reader(found):
...     assert bind([parse_source(found.text)]).schema == found.schema
>>> test_my_reader()
"""

from __future__ import annotations

try:
    import hypothesis as _hypothesis  # noqa: F401
except ImportError as error:
    raise ImportError(
        "mofkit.testing.strategies needs Hypothesis: pip install 'mofkit[testing]'"
    ) from error

from mofkit.testing.strategies.bmf import (
    bmf_files,
    bmf_payloads,
    bmf_schemas,
    plain_bmf_schemas,
)
from mofkit.testing.strategies.classes import (
    classes,
    instances,
    methods,
    parameters,
    properties,
)
from mofkit.testing.strategies.drivers import driver_schemas
from mofkit.testing.strategies.embedded import (
    EMBEDDED_LANGUAGES,
    embedded_texts,
    subscription_files,
)
from mofkit.testing.strategies.holders import BmfHolder, bmf_holders
from mofkit.testing.strategies.mof import MofText, mof_files, mof_texts
from mofkit.testing.strategies.mof_layout import tidy_files
from mofkit.testing.strategies.mof_tokens import lark_sentences, sentences, token_streams
from mofkit.testing.strategies.names import choices, guid_texts, guids, identifiers, texts
from mofkit.testing.strategies.providers import provider_registrations
from mofkit.testing.strategies.qualifiers import (
    flavor_words,
    qualifier_declarations,
    qualifier_lists,
    qualifiers,
)
from mofkit.testing.strategies.reginfo import (
    RegBuffer,
    archs,
    few_guids,
    reg_guids,
    reg_infos,
    reginfo_buffers,
    reginfo_replies,
    reginfo_states,
)
from mofkit.testing.strategies.schemas import schemas
from mofkit.testing.strategies.values import (
    INTRINSIC,
    arrays_of,
    cim_types,
    datetimes,
    literals,
    values_of,
)
from mofkit.testing.strategies.wnode import (
    BlockData,
    block_values,
    driver_blocks,
    instance_names,
    wnode_chains,
    wnode_headers,
    wnodes,
)

__all__ = [
    "EMBEDDED_LANGUAGES",
    "INTRINSIC",
    "BlockData",
    "BmfHolder",
    "MofText",
    "RegBuffer",
    "archs",
    "arrays_of",
    "block_values",
    "bmf_files",
    "bmf_holders",
    "bmf_payloads",
    "bmf_schemas",
    "choices",
    "cim_types",
    "classes",
    "datetimes",
    "driver_blocks",
    "driver_schemas",
    "embedded_texts",
    "few_guids",
    "flavor_words",
    "guid_texts",
    "guids",
    "identifiers",
    "instance_names",
    "instances",
    "lark_sentences",
    "literals",
    "methods",
    "mof_files",
    "mof_texts",
    "parameters",
    "plain_bmf_schemas",
    "properties",
    "provider_registrations",
    "qualifier_declarations",
    "qualifier_lists",
    "qualifiers",
    "reg_guids",
    "reg_infos",
    "reginfo_buffers",
    "reginfo_replies",
    "reginfo_states",
    "schemas",
    "sentences",
    "subscription_files",
    "texts",
    "tidy_files",
    "token_streams",
    "values_of",
    "wnode_chains",
    "wnode_headers",
    "wnodes",
]
