#!/usr/bin/env python3
"""Installs the libraries once and builds a tiny consumer through pkg-config, CMake, and as a Meson subproject.

usage: install_test.py SOURCE_DIR PKG_CONFIG_PATH
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import checks

SOURCE = pathlib.Path(sys.argv[1])
CONSUMER = SOURCE / "codec/tests/house/consumer"
CODEC_SAYS = "CertRep PENDING\nContentInfo.contentType: OBJECT IDENTIFIER expected, OCTET STRING at 2..5\n"
BOTAN_SAYS = CODEC_SAYS + "invalid_key\n"
CODEC_ALONE = ["-Dbotan=enabled", "-Dconformance=disabled", "-Dtests=disabled", "-Dbench=disabled", "-Dfuzzing=disabled"]
FAST = ["--buildtype=plain"]

work = None
environment = dict(os.environ, PKG_CONFIG_PATH=sys.argv[2])


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env=environment, **options)
    assert done.returncode == 0, f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}"
    return done.stdout


def says(program, expected):
    told = run(program)
    assert told == expected, f"{program} prints {told!r}, not {expected!r}"


def installed():
    run("meson", "setup", *FAST, *CODEC_ALONE, f"--prefix={work}/prefix", "--libdir=lib", work / "build", SOURCE)
    run("meson", "install", "-C", work / "build")
    prefix = work / "prefix"
    for name in ("lib/libscepcodec.a", "lib/libscepcodec-botan.a", "lib/pkgconfig/scepcodec.pc", "lib/pkgconfig/scepcodec-botan.pc",
                 "lib/cmake/scepcodec/scepcodec-config.cmake"):
        assert (prefix / name).is_file(), f"{name} is not installed"
    headers = SOURCE / "codec/include"
    for header in headers.rglob("*.h"):
        assert (prefix / "include" / header.relative_to(headers)).read_bytes() == header.read_bytes(), f"{header} is not installed"
    environment["PKG_CONFIG_PATH"] = f"{prefix}/lib/pkgconfig:{environment['PKG_CONFIG_PATH']}"
    # A Botan outside the system's library folders.
    environment["LD_LIBRARY_PATH"] = run("pkg-config", "--variable=libdir", "botan-3").strip()


def through_pkg_config():
    compiler = os.environ.get("CXX", "c++").split()
    for package, program, define, expected in (("scepcodec", "codec-alone", [], CODEC_SAYS), ("scepcodec-botan", "with-botan", ["-DWITH_BOTAN"], BOTAN_SAYS)):
        flags = run("pkg-config", "--cflags", "--libs", package).split()
        yield package, lambda compiler=compiler, program=program, define=define, flags=flags, expected=expected: (
            run(*compiler, "-std=c++23", *define, CONSUMER / "consumer.cc", "-o", work / program, *flags), says(work / program, expected))


def through_cmake():
    if not shutil.which("cmake"):
        raise checks.Skip("there is no cmake")
    run("cmake", "-S", CONSUMER, "-B", work / "cmake", f"-DCMAKE_PREFIX_PATH={work}/prefix")
    run("cmake", "--build", work / "cmake")
    says(work / "cmake/codec-alone", CODEC_SAYS)
    says(work / "cmake/with-botan", BOTAN_SAYS)


def cmake_refuses_another_version():
    if not shutil.which("cmake"):
        raise checks.Skip("there is no cmake")
    shutil.copytree(CONSUMER, work / "newer")
    lists = work / "newer/CMakeLists.txt"
    lists.write_text(lists.read_text().replace("scepcodec 0.1", "scepcodec 7.0"))
    try:
        run("cmake", "-S", work / "newer", "-B", work / "newer/build", f"-DCMAKE_PREFIX_PATH={work}/prefix")
    except AssertionError as refused:
        assert "compatible with requested version" in " ".join(str(refused).split()), refused
    else:
        raise AssertionError("CMake took this version for 7.0")


def as_meson_subproject():
    project = work / "superproject"
    shutil.copytree(CONSUMER, project)
    (project / "subprojects").mkdir()
    (project / "subprojects/sceplab").symlink_to(SOURCE)
    run("meson", "setup", *FAST, "--wrap-mode=forcefallback", project / "build", project)
    run("ninja", "-C", project / "build", "codec-alone", "with-botan")
    says(project / "build/codec-alone", CODEC_SAYS)
    says(project / "build/with-botan", BOTAN_SAYS)


with tempfile.TemporaryDirectory(prefix="sceplab-install-") as folder:
    work = pathlib.Path(folder)
    checks.run(installed, through_pkg_config, through_cmake, cmake_refuses_another_version, as_meson_subproject)
