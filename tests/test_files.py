"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from igtkit._files import open_descriptor, replace_file, replacing

POSIX = pytest.mark.skipif(os.name == "nt", reason="permissions, links and signals of POSIX")
WRITER = """
import sys, time
from igtkit._files import open_descriptor, replacing
with replacing(sys.argv[1]) as stream:
    stream.write(b"half")
    stream.flush()
    print("half", flush=True)
    time.sleep(60)
"""


def run(code, *arguments, **options):
    return subprocess.run([sys.executable, "-c", code, *map(str, arguments)], check=True,
                          capture_output=True, text=True, **options)  # fmt: skip


def begin_writing(path):
    """A process that has written half of a file, and waits."""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE)
    writer.stdout.readline()
    return writer


def kill(writer):
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()


@pytest.fixture
def umask():
    before = os.umask(0o027)
    yield 0o027
    os.umask(before)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_replaced(tmp_path):
    path = tmp_path / "a"
    replace_file(path, b"old")
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["a"]


@POSIX
def test_a_new_file_follows_the_umask(tmp_path, umask):
    replace_file(tmp_path / "a", b"")
    assert mode(tmp_path / "a") == 0o666 & ~umask


@POSIX
@pytest.mark.parametrize("kept", [0o600, 0o664, 0o755])
def test_a_file_that_was_there_keeps_its_permissions(tmp_path, umask, kept):
    path = tmp_path / "a"
    path.touch()
    path.chmod(kept)
    replace_file(path, b"new")
    assert mode(path) == kept


@POSIX
def test_a_private_file_is_never_open_to_others_while_it_is_written(tmp_path):
    path = tmp_path / "a"
    path.touch()
    path.chmod(0o600)
    with replacing(path):
        assert [mode(part) for part in tmp_path.iterdir()] == [0o600, 0o600]


@POSIX
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/a").write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to("folder/a")
    replace_file(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "folder/a").read_bytes() == b"new"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_what_was_there_stays_when_writing_fails(tmp_path, error):
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def fail():
        with replacing(path) as stream:
            stream.write(b"half")
            raise error

    with pytest.raises(error):
        fail()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


@POSIX
def test_what_was_there_stays_when_there_is_no_room(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    run(
        "import resource, sys\n"
        "from igtkit._files import replace_file\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))\n"
        "try: replace_file(sys.argv[1], bytes(20_000))\n"
        "except OSError: sys.exit()\n"
        "sys.exit('written')",
        path,
    )
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


@POSIX
def test_the_next_writer_takes_away_what_a_killed_one_left(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    for _ in range(2):
        kill(begin_writing(path))
        assert path.read_bytes() == b"old"
        assert names(tmp_path) == [".a.0.part", "a"]
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["a"]


@POSIX
def test_the_part_of_a_writer_that_lives_is_left_alone(tmp_path):
    path = tmp_path / "a"
    living, killed = begin_writing(path), begin_writing(path)
    kill(killed)
    replace_file(path, b"new")
    assert names(tmp_path) == [".a.0.part", "a"]
    kill(living)
    replace_file(path, b"newer")
    assert names(tmp_path) == ["a"]


def test_of_many_writers_at_once_one_wins_with_a_whole_file(tmp_path):
    path = tmp_path / "a"
    contents = [bytes([number]) * 100_000 for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: replace_file(path, content), contents))
    assert path.read_bytes() in contents
    assert names(tmp_path) == ["a"]


@POSIX
def test_no_part_follows_a_link_that_somebody_has_laid(tmp_path):
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / ".a.0.part").symlink_to("precious")
    replace_file(tmp_path / "a", b"new")
    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert (tmp_path / "a").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["a" * 255, "語" * 85, "ш" * 127])
def test_a_name_may_be_as_long_as_the_file_system_allows(tmp_path, name):
    replace_file(tmp_path / name, b"new")
    assert names(tmp_path) == [name]


def test_a_folder_is_not_replaced(tmp_path):
    with pytest.raises(IsADirectoryError):
        replace_file(tmp_path, b"")


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(FileNotFoundError, match="no such folder to write to"):
        replace_file(tmp_path / "no/a", b"")


@POSIX
def test_a_pipe_is_written_to(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(path.read_bytes)
        replace_file(path, b"through")
        assert read.result() == b"through"
    assert stat.S_ISFIFO(path.stat().st_mode)


@POSIX
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link"])
def test_standard_output_is_written_to_where_it_stands(tmp_path, name):
    if name == "link":
        name = tmp_path / "link"
        name.symlink_to("/dev/stdout")
    if not os.path.lexists(name):
        pytest.skip(f"there is no {name} here")
    log = tmp_path / "log"
    log.write_bytes(b"precious\n")
    code = "import sys; from igtkit._files import replace_file; replace_file(sys.argv[1], b'new')"
    with log.open("ab") as stream:
        subprocess.run([sys.executable, "-c", code, str(name)], check=True, stdout=stream)
    assert log.read_bytes() == b"precious\nnew"


def test_a_closed_descriptor_is_an_error():
    if not Path("/dev/fd").exists():
        pytest.skip("there is no /dev/fd here")
    with pytest.raises(OSError, match="Bad file descriptor"):
        replace_file("/dev/fd/987", b"")


@POSIX
@pytest.mark.slow
def test_whatever_the_moment_of_the_kill_the_file_is_whole(tmp_path):
    path = tmp_path / "a"
    whole = {b"old", *(bytes([number]) * 2_000_000 for number in range(3))}
    replace_file(path, b"old")
    code = (
        "import sys; from igtkit._files import replace_file\n"
        "print(flush=True)\n"
        "while True:\n"
        "    for number in range(3): replace_file(sys.argv[1], bytes([number]) * 2_000_000)\n"
    )
    for delay in range(12):
        writer = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE)
        writer.stdout.readline()
        time.sleep(delay / 100)
        kill(writer)
        assert path.read_bytes() in whole
    replace_file(path, b"old")
    assert names(tmp_path) == ["a"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such paths")
def test_the_files_that_a_process_has_open_are_known_by_their_paths(tmp_path):
    assert open_descriptor("/dev/fd/7") == 7
    assert open_descriptor("/dev/../proc/self/fd/3") == 3
    (tmp_path / "link").symlink_to("/dev/fd/5")
    assert open_descriptor(str(tmp_path / "link")) == 5
    assert open_descriptor(str(tmp_path / "a")) is None
