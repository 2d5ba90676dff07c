"""The editors, each the real program, run without a screen."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EDITORS, CASES = ROOT / "editors", ROOT / "tests" / "editors"
VADER = Path("/usr/share/vim-vader")
EGLOT = Path("/usr/share/emacs/site-lisp/elpa-src")
PAPER = r"""\documentclass{article}\usepackage{amsmath}
Let $X \in \mathbb{R}^{n\times m}$ be given.
% derivtex: wrt=w
\[ \phi = \|X w - y\|_2^2 \]
% derivtex: wrt=w
\[ b^T X X w \]
"""

WINDOW = r"""\documentclass{article}\usepackage{amsmath}
\newcommand{\vw}{\mathbf{w}}\begin{document}
\[ \frac{\partial}{\partial \vw} \|X\vw - y\|^2 \]
Then $h = v^Tv$ and
\[ dh = 3v^T dv. \]
\end{document}
"""


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture
def derivtex(tmp_path: Path, served: None) -> Path:
    """A command `derivtex` as an installation has it, with a server that does its work."""
    command = tmp_path / "bin" / "derivtex"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(sys.executable)} -m derivtex "$@"\n')
    command.chmod(0o755)
    return command


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    found = tmp_path / "paper.tex"
    found.write_text(PAPER, "utf-8")
    return found


def run(command: list[str], derivtex: Path, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DERIVTEX": str(derivtex), "PATH": f"{derivtex.parent}:{os.environ['PATH']}", "HOME": str(folder)}
    return subprocess.run(
        command, cwd=folder, env={**environment, "LC_ALL": "C.UTF-8", **variables}, capture_output=True, text=True, check=False,
        timeout=120, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.parametrize("editor", ["vim", "nvim"])
def test_vim(editor, derivtex, tmp_path):
    """Below and replaced, an error in the quickfix list, the mapping, the verdicts, and a program that is not there."""
    if not VADER.is_dir():
        pytest.skip("vim-vader is not installed")
    start = [program(editor), "-Nu", "NONE", "-i", "NONE", "-es"] if editor == "vim" else [program(editor), "--headless", "-u", "NONE"]
    setup = f"set encoding=utf-8 rtp+={VADER},{EDITORS / 'vim'} | let g:derivtex_command = $DERIVTEX"
    words = ["filetype plugin on", "runtime plugin/vader.vim", "runtime plugin/derivtex.vim", f"Vader! {CASES / 'derivtex.vader'}"]
    done = run([*start, "--cmd", setup, *(part for word in words for part in ("-c", word))], derivtex, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Success/Total: (\d+)/\1", done.stdout + done.stderr)


def test_vim_help(tmp_path, derivtex):
    """The help file has its tags."""
    shutil.copytree(EDITORS / "vim" / "doc", tmp_path / "doc")
    done = run([program("vim"), "-es", "-u", "NONE", "-i", "NONE", "-N", "-c", f"helptags {tmp_path / 'doc'}", "-c", "qa!"], derivtex, tmp_path)
    tags = (tmp_path / "doc" / "tags").read_text("utf-8")
    assert done.returncode == 0 and ":Derivtex\t" in tags and "<Plug>(derivtex)\t" in tags


def test_neovim_speaks_to_the_language_server(derivtex, paper, tmp_path):
    """A diagnostic, a hover and a code action in Neovim's own client."""
    done = run([program("nvim"), "--headless", "-u", "NONE", "-i", "NONE", "-c", f"luafile {CASES / 'nvim_lsp.lua'}"], derivtex, tmp_path,
               PAPER=str(paper), PLUGIN=str(EDITORS / "vim"))  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_emacs(derivtex, tmp_path):
    """The region command, org-babel, and their errors."""
    command = [program("emacs"), "-Q", "--batch", "-L", str(EDITORS / "emacs"), "-l", str(EDITORS / "emacs" / "derivtex-test.el")]
    done = run([*command, "-f", "ert-run-tests-batch-and-exit"], derivtex, tmp_path)
    assert done.returncode == 0 and " 0 unexpected" in done.stderr, done.stderr


def test_emacs_lisp_compiles_without_a_warning(derivtex, tmp_path):
    shutil.copytree(EDITORS / "emacs", tmp_path / "lisp")
    files = ["lisp/derivtex.el", "lisp/ob-derivtex.el"]
    command = [program("emacs"), "-Q", "--batch", "-L", "lisp", "--eval", "(setq byte-compile-error-on-warn t)"]
    done = run([*command, "-f", "batch-byte-compile", *files], derivtex, tmp_path)
    assert done.returncode == 0, done.stderr


def test_eglot(derivtex, paper, tmp_path):
    """A diagnostic and a code action in Emacs' client."""
    if not EGLOT.is_dir():
        pytest.skip("elpa-eglot is not installed")
    command = [program("emacs"), "-Q", "--batch", "-l", str(CASES / "eglot-test.el"), "-f", "ert-run-tests-batch-and-exit"]
    done = run(command, derivtex, tmp_path, PAPER=str(paper))
    assert done.returncode == 0, done.stderr


def kakoune(derivtex: Path, folder: Path, text: str, words: str) -> tuple[str, str]:
    """What a file holds after some commands of Kakoune, and the error it ended with."""
    (folder / "a.tex").write_text(text, "utf-8")
    plugin = EDITORS / "kakoune" / "derivtex.kak"
    script = f"try %{{ source {plugin}; edit a.tex; {words}; write }} catch %{{ echo -to-file error %val{{error}} }}; kill!"
    run([program("kak"), "-n", "-ui", "dummy", "-e", script], derivtex, folder)
    error = folder / "error"
    return (folder / "a.tex").read_text("utf-8"), error.read_text("utf-8") if error.exists() else ""


def test_kakoune(derivtex, tmp_path):
    """Below the selection, in its place, and an error that changes nothing."""
    below, error = kakoune(derivtex, tmp_path, "x^T A x\nend\n", "execute-keys x; derivtex -w x")
    assert error == "" and below.startswith("x^T A x\nLet ") and "(A + A^{T})x" in below and below.endswith("\nend\n")
    replaced, error = kakoune(derivtex, tmp_path, "it's x^T A x\nend\n", "execute-keys f<space>lGl; derivtex-replace -w x")
    assert error == "" and replaced.startswith("it's Let ") and replaced.endswith("\nend\n")
    display = "\\[\n  x^T A x\n\\]\n"
    inserted, error = kakoune(derivtex, tmp_path, f"{display}end\n", "execute-keys j; derivtex-here -w x")
    assert error == "" and inserted.startswith(f"{display}Let ") and inserted.endswith("\nend\n")
    same, error = kakoune(derivtex, tmp_path, "tr(A x\nend\n", "execute-keys x; derivtex -w x")
    assert same == "tr(A x\nend\n" and "is not closed [syntax]" in error


def test_kakoune_answers_and_checks(derivtex, tmp_path):
    """The answer below the question; the verdicts in a buffer."""
    text = "What is $\\nabla_x x^T A x$?\nend\n"
    answered, error = kakoune(derivtex, tmp_path, text, "execute-keys x; derivtex-answer")
    assert error == "" and answered.startswith(text.removesuffix("end\n")) and "(A + A^{T})x" in answered and answered.endswith("\nend\n")
    wrong = "With $h = v^Tv$ we have\n\n$$dh = 3v^Tdv.$$\n"
    told = f"derivtex-check; execute-keys '%<a-|>cat > {tmp_path}/report<ret>'; buffer a.tex"
    same, error = kakoune(derivtex, tmp_path, wrong, told)
    assert error == "" and same == wrong and "a.tex:3:3: fails" in (tmp_path / "report").read_text("utf-8")


@pytest.fixture
def screen(tmp_path):
    """A screen that nobody sees: its name, and a function that runs a program on it until the test ends."""
    name = ":" + str(70 + os.getpid() % 400)
    started = [subprocess.Popen([program("Xvfb"), name, "-screen", "0", "1200x800x24"], stderr=subprocess.DEVNULL)]

    def start(command: list[str], **variables: str) -> None:
        environment = {**os.environ, "DISPLAY": name, **variables}
        silent = subprocess.DEVNULL
        started.append(subprocess.Popen(command, env=environment, stdin=silent, stdout=silent, stderr=silent))

    yield name, start
    for process in reversed(started):
        process.terminate()
        process.wait(20)


def until(what: Callable[[], str], seconds: float = 20) -> str:
    """What a function gives as soon as it gives anything; nothing after so long."""
    end = time.monotonic() + seconds
    while not (found := what()) and time.monotonic() < end:
        time.sleep(0.2)
    return found


# Keys sent to a window arrive when they arrive: on a busy machine too early. So it runs where it is asked for.
@pytest.mark.skipif(os.environ.get("DERIVTEX_SCREEN") != "1", reason="set DERIVTEX_SCREEN=1 to send keys to a TeXstudio on a virtual screen")
@pytest.mark.parametrize(("formula", "derived"), [(r"\frac{\partial}{\partial x} x^T A x", True), (r"\frac{\partial}{\partial x} tr(A x", False)])
def test_texstudio(formula, derived, derivtex, screen, tmp_path):
    """The macro's shortcut writes the derivation below the selection; an error is a message and changes nothing."""
    name, start = screen
    (tmp_path / "cfg" / "macro").mkdir(parents=True)
    shutil.copy(EDITORS / "texstudio" / "derivtex.txsMacro", tmp_path / "cfg" / "macro" / "Macro_0.txsMacro")
    document = tmp_path / "p.tex"
    text = f"\\documentclass{{article}}\\usepackage{{amsmath}}\n{formula}\nend\n"
    document.write_text(text, "utf-8")
    command = [program("texstudio"), "--start-always", "--config", str(tmp_path / "cfg"), "--line", "2", str(document)]
    start(command, PATH=f"{derivtex.parent}:{os.environ['PATH']}", HOME=str(tmp_path))

    def robot(*words: str) -> str:
        return run([program("xdotool"), *words], derivtex, tmp_path, DISPLAY=name).stdout.strip()

    def window(title: str) -> str:
        return until(lambda: robot("search", "--onlyvisible", "--name", title).split("\n")[-1])

    main = window("p.tex.*TeXstudio")
    time.sleep(2)
    robot("windowfocus", main, "sleep", "0.5", "key", "ctrl+Home", "Down", "Home", "shift+End", "sleep", "0.5", "key", "ctrl+alt+d")
    robot("windowfocus", window("script watcher"), "sleep", "0.3", "key", "Tab", "space")
    if derived:
        until(lambda: "yes" if (tmp_path / ".derivtex-derivation.tex").exists() else "")
        robot("sleep", "1", "windowfocus", main, "sleep", "0.3", "key", "ctrl+s")
        changed = until(lambda: found if (found := document.read_text("utf-8")) != text else "")
        assert changed.startswith(text.removesuffix("end\n") + "Let ") and changed.endswith("\nend\n") and "(A + A^{T})x" in changed
        return
    said = until(lambda: "\n".join({*robot("search", "--onlyvisible", "--name", ".").split("\n")} - {main}))
    assert said and document.read_text("utf-8") == text and not (tmp_path / ".derivtex-derivation.tex").exists()


def test_the_code_of_the_extension(derivtex, tmp_path):
    """Its commands against a stand-in for Visual Studio Code: below, replaced, asked, errors with their place."""
    done = run([program("node"), str(CASES / "extension.test.js"), str(EDITORS / "vscode")], derivtex, tmp_path)
    assert done.returncode == 0 and done.stdout == "the extension works\n", done.stderr


def test_the_client_of_the_extension(derivtex, tmp_path):
    """Its real client library and `derivtex lsp`: a wrong line, the formula round the cursor derived below its display, the choice, the check."""
    client()
    done = run([program("node"), str(CASES / "client.test.js"), str(EDITORS / "vscode")], derivtex, tmp_path)
    assert done.returncode == 0 and done.stdout == "the client works\n", done.stderr


# A build of Visual Studio Code is hundreds of megabytes (npm's code-server without its install scripts, and npm install in its lib/vscode), so this
# runs where one is named.
@pytest.mark.skipif("DERIVTEX_VSCODE" not in os.environ, reason="set DERIVTEX_VSCODE to lib/vscode of code-server to run the extension in its window")
def test_the_window_of_visual_studio_code(derivtex, tmp_path):
    """A wrong line is a problem, the formula at the cursor is derived below its display in the author's macros, and the choice is offered."""
    folder, extensions, data = (tmp_path / name for name in ("work", "extensions", "data"))
    shutil.copytree(EDITORS / "vscode", extensions / "derivtex.derivtex-0.1.0", ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(client(), extensions / "derivtex.derivtex-0.1.0" / "node_modules")
    (data / "data" / "Machine").mkdir(parents=True)
    (data / "data" / "Machine" / "settings.json").write_text(json.dumps({"derivtex.command": [str(derivtex)], "workbench.startupEditor": "none"}))
    folder.mkdir()
    (folder / "paper.tex").write_text(WINDOW, "utf-8")
    shutil.copy(CASES / "window.mjs", tmp_path)
    (tmp_path / "node_modules").symlink_to(ROOT / "tests" / "web" / "node_modules")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    start = [program("node"), f"{os.environ['DERIVTEX_VSCODE']}/out/server-main.js", "--host", "127.0.0.1", "--port", port]
    start += ["--without-connection-token", "--accept-server-license-terms", "--telemetry-level", "off"]
    start += ["--server-data-dir", str(data), "--extensions-dir", str(extensions)]
    with subprocess.Popen(start, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        next(line for line in server.stdout if "listening" in line)
        done = run([program("node"), "window.mjs", f"http://127.0.0.1:{port}/?folder={folder}", "paper.tex", "-"], derivtex, tmp_path)
        server.kill()
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert "the factor should be 2, not 3" in seen["problem"]
    assert seen["derived"][2:5] == [WINDOW.splitlines()[2], r"Let $\phi = \|X\vw - y\|^{2}$ and $r = X\vw - y$.", r"\begin{align*}"]
    assert seen["derived"][8:10] == WINDOW.splitlines()[3:5] and any("numerator layout" in each for each in seen["choices"])


def client() -> Path:
    """Where npm put the client's library."""
    found = CASES / "node_modules"
    if not (found / "vscode-languageclient").is_dir():
        pytest.skip("vscode-languageclient is not here (.ci/run installs it)")
    return found


def test_the_problem_matcher_reads_our_messages(derivtex, tmp_path):
    (tmp_path / "bad.tex").write_text("x^T x\n+ \\oops\n", "utf-8")
    said = run([str(derivtex), "derive", "bad.tex", "-w", "x"], derivtex, tmp_path).stderr.splitlines()[0]
    matcher = json.loads((EDITORS / "vscode" / "package.json").read_text("utf-8"))["contributes"]["problemMatchers"][0]["pattern"]
    found = re.match(matcher["regexp"], said)
    assert found and found.group(1, 2, 3, 4) == ("bad.tex", "2", "3", "error")


def test_the_extension_can_be_packaged(derivtex, tmp_path):
    """vsce makes a package that holds what it should, the client's library among it, and no tests."""
    tool = ROOT / ".node" / "node_modules" / ".bin" / "vsce"
    vsce = str(tool) if tool.exists() else program("vsce")
    shutil.copytree(EDITORS / "vscode", tmp_path / "extension", ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(client(), tmp_path / "extension" / "node_modules")
    done = run([vsce, "package", "--allow-missing-repository", "-o", "d.vsix"], derivtex, tmp_path / "extension")
    assert done.returncode == 0, done.stdout + done.stderr
    import zipfile

    names = zipfile.ZipFile(tmp_path / "extension" / "d.vsix").namelist()
    assert {"extension/extension.js", "extension/server.js", "extension/snippets/latex.json", "extension/package.json"} <= set(names)
    assert "extension/node_modules/vscode-languageclient/node.js" in names and len(names) < 250


def test_the_recipes_can_be_read():
    """Helix' files are TOML that runs our commands; TeXstudio's macro is JSON with a script."""
    tomllib = pytest.importorskip("tomllib", reason="Python before 3.11")
    languages = tomllib.loads((EDITORS / "helix" / "languages.toml").read_text("utf-8"))
    assert languages["language-server"]["derivtex"] == {"command": "derivtex", "args": ["lsp"]}
    keys = tomllib.loads((EDITORS / "helix" / "config.toml").read_text("utf-8"))["keys"]["select"]["space"]
    assert "derivtex derive -" in keys["m"] and "derivtex derive -" in keys["M"]
    assert "derivtex answer -" in keys["A"] and "derivtex check" in keys["C"]
    for name in ("derivtex", "derivtex-answer", "derivtex-check"):
        macro = json.loads((EDITORS / "texstudio" / f"{name}.txsMacro").read_text("utf-8"))
        assert macro["tag"][0] == "%SCRIPT" and any("derivtex" in line for line in macro["tag"])
