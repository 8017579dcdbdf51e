"""How large a Parquet file says that it is.

The footer is read here, as pyarrow ends the process where what it says of a column is no sense. It
is a struct in the compact protocol of Thrift; its fields are those of ``parquet.thrift``.
"""

from __future__ import annotations

import os
from typing import Any, BinaryIO

import attrs

__all__ = ["ParquetFooter", "read_parquet_footer"]

_MAGIC = b"PAR1"
_LENGTH = 4  # bytes of the footer's length, which stands before the second _MAGIC
_DEEPEST = 32  # levels of structs and lists; the format has less than ten
_ROWS, _GROUPS = 3, 4  # of the file
_COLUMNS, _SIZE = 1, 2  # of a group of rows
_COLUMN, _VALUES = 3, 5  # of a column in it


@attrs.frozen
class ParquetFooter:
    """What a footer says.

    Attributes:
        rows: Number of rows.
        cells: Number of values in all columns; empty ones and elements of lists count, too.
        size: Bytes of all columns before they are compressed.
    """

    rows: int
    cells: int
    size: int


def read_parquet_footer(stream: BinaryIO) -> ParquetFooter:
    """Return what the footer of a Parquet file says.

    Args:
        stream: The file.

    Raises:
        ValueError: If it makes no sense.
    """
    length = stream.seek(0, os.SEEK_END)
    end = length - _LENGTH - len(_MAGIC)
    stream.seek(max(end, 0))
    size, magic = stream.read(_LENGTH), stream.read()
    begin = end - int.from_bytes(size, "little")
    if magic != _MAGIC or begin < 0:
        raise ValueError("it has no footer")
    stream.seek(begin)
    try:
        footer = _Thrift(stream.read(end - begin)).struct(0)
        groups = footer[_GROUPS]
        columns = [column[_COLUMN] for group in groups for column in group[_COLUMNS]]
        return ParquetFooter(
            int(footer[_ROWS]),
            sum(max(0, int(column[_VALUES])) for column in columns),
            sum(max(0, int(group[_SIZE])) for group in groups),
        )
    except (IndexError, KeyError, TypeError) as error:
        raise ValueError("its footer does not say how large its columns are") from error


class _Thrift:
    """Bytes in the compact protocol of Thrift, read from their start."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def struct(self, level: int) -> dict[int, Any]:
        """The values of a struct by the numbers of its fields.

        Raises:
            IndexError: If the bytes end within it.
            ValueError: If they make no sense.
        """
        fields: dict[int, Any] = {}
        number = 0
        while header := self._byte():
            number = number + (header >> 4) if header >> 4 else self._integer()
            if number in fields:
                raise ValueError(f"its footer says the field {number} twice")
            kind = header & 15
            fields[number] = kind == 1 if kind in (1, 2) else self._value(kind, level + 1)
        return fields

    def _value(self, kind: int, level: int) -> Any:
        if level > _DEEPEST:
            raise ValueError("its footer is nested too deeply")
        match kind:
            case 4 | 5 | 6:
                return self._integer()
            case 8:
                return self._bytes(self._varint())
            case 9 | 10:
                header = self._byte()
                count = header >> 4 if header >> 4 != 15 else self._varint()
                return [self._value(header & 15, level + 1) for _ in range(count)]
            case 12:
                return self.struct(level)
            case 1 | 2 | 3:
                return self._byte()
            case 7:
                return self._bytes(8)
        raise ValueError(f"its footer has a value of the kind {kind}")

    def _byte(self) -> int:
        self._at += 1
        return self._content[self._at - 1]

    def _bytes(self, count: int) -> bytes:
        begin = self._at
        self._at += count
        return self._content[begin : self._at]

    def _varint(self) -> int:
        value = shift = 0
        while (byte := self._byte()) > 127:
            value |= (byte & 127) << shift
            shift += 7
            if shift > 63:
                raise ValueError("its footer has a number of more than 64 bits")
        return value | byte << shift

    def _integer(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)
