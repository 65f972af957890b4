// SPDX-License-Identifier: MIT
// The built program as a process: what only shows with real descriptors.
#include <sys/wait.h>

#include <doctest/doctest.h>
#include <cstdlib>
#include <ostream>
#include <string>

#include "base/file_system.h"
#include "base/scratch_directory.h"
#include "cli/testing.h"

namespace honua::cli {

namespace {

struct ProcessResult {
  int status = 0;  // exit code, or 128 + signal
  std::string out;
  std::string err;
};

// Runs a shell script in `scratch` with $honua set; `> file` in the script
// wins over the capture.
ProcessResult run_script(const ScratchDirectory& scratch, const std::string& script) {
  const RealFileSystem files;
  scratch.write("script", "honua='" HONUA_PROGRAM "'\n" + script + "\n");
  const std::string command = "cd '" + scratch.path() + "' && sh ./script > out 2> err";
  const int status = std::system(command.c_str());
  return ProcessResult{WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
                       files.read_file(scratch.file("out"), 1 << 24).value().to_string(),
                       files.read_file(scratch.file("err"), 1 << 24).value().to_string()};
}

std::string many_mistakes() {
  std::string text;
  for (int line = 0; line < 5000; ++line) text += "a" + std::to_string(line) + " = \n";
  return text;
}

}  // namespace

TEST_CASE("the program reads standard input and reports through its exit code") {
  const ScratchDirectory scratch;
  CHECK(run_script(scratch, "echo 'a = 1' | $honua validate --expressions-only -").status == 0);
  const ProcessResult bad = run_script(scratch, "echo 'a = ' | $honua validate --expressions-only -");
  CHECK(bad.status == 1);
  CHECK(contains(bad.out, "<stdin>:1"));
  CHECK(run_script(scratch, "$honua validate --expressions-only --nonsense").status == 2);
  CHECK(run_script(scratch, "$honua validate --expressions-only none.hcl").status == 3);
}

TEST_CASE("a report that cannot be written is a failure") {
  const ScratchDirectory scratch;
  scratch.write("bad.hcl", "a = \n");
  const ProcessResult full = run_script(scratch, "$honua validate --expressions-only bad.hcl > /dev/full");
  CHECK(full.status == 3);
  CHECK(contains(full.err, "cannot write to standard output: no space left on device"));
  const ProcessResult closed = run_script(scratch, "$honua validate --expressions-only bad.hcl >&-");
  CHECK(closed.status == 3);
  CHECK(contains(closed.err, "cannot write to standard output: bad file descriptor"));
  CHECK(run_script(scratch, "$honua --version > /dev/full").status == 3);
}

TEST_CASE("a file that may not grow so far is an error, and leaves nothing behind") {
  const ScratchDirectory scratch;
  scratch.write("bad.hcl", many_mistakes());
  const ProcessResult limited = run_script(
      scratch,
      "(ulimit -f 8; $honua validate --expressions-only bad.hcl --report json=out.json >/dev/null)\nls -A");
  CHECK(contains(limited.err, "cannot write"));
  CHECK_FALSE(contains(limited.out, ".honua-"));
  CHECK_FALSE(contains(limited.out, "out.json"));
}

TEST_CASE("a reader that goes away ends the program quietly") {
  const ScratchDirectory scratch;
  scratch.write("bad.hcl", many_mistakes());
  const ProcessResult result =
      run_script(scratch, "($honua validate --expressions-only bad.hcl 2>errors) | head -n 1");
  CHECK(result.status == 0);
  CHECK_FALSE(contains(result.err, "write"));
  CHECK_FALSE(contains(RealFileSystem().read_file(scratch.file("errors"), 10000).value(), "cannot write"));
  // With the signal ignored, as some parents leave it, writing fails instead.
  const ProcessResult ignored = run_script(
      scratch, "trap '' PIPE\n($honua validate --expressions-only bad.hcl 2>errors; echo $? > code) | true");
  CHECK(ignored.status == 0);
  CHECK(RealFileSystem().read_file(scratch.file("code"), 10).value() == "1\n");
  CHECK_FALSE(contains(RealFileSystem().read_file(scratch.file("errors"), 10000).value(), "cannot write"));
}

TEST_CASE("streams that somebody made non-blocking are waited for") {
  const ScratchDirectory scratch;
  scratch.write("bad.hcl", many_mistakes());
  scratch.write("run.py", R"py(
import os, subprocess, sys, threading, time
given, give = os.pipe()
taken, take = os.pipe()
for end in (given, take):
    os.set_blocking(end, False)
program = subprocess.Popen([sys.argv[1], "validate", "--expressions-only", "-"], stdin=given, stdout=take)
os.close(given)
os.close(take)
def feed():
    with open("bad.hcl", "rb") as text, open(give, "wb") as pipe:
        time.sleep(0.1)
        pipe.write(text.read())
threading.Thread(target=feed).start()
time.sleep(0.2)
sys.stdout.buffer.write(open(taken, "rb").read())
sys.exit(program.wait())
)py");
  const ProcessResult blocking = run_script(scratch, "$honua validate --expressions-only - < bad.hcl");
  const ProcessResult other = run_script(scratch, "python3 run.py \"$honua\"");
  CHECK(other.status == 1);
  CHECK(blocking.out.size() > 200'000);
  CHECK(other.out == blocking.out);
}

TEST_CASE("closed standard streams do not confuse the program") {
  const ScratchDirectory scratch;
  scratch.write("ok.hcl", "a = 1\n");
  CHECK(run_script(scratch, "$honua validate --expressions-only ok.hcl <&-").status == 0);
  CHECK(run_script(scratch, "$honua validate --expressions-only ok.hcl 2>&-").status == 0);
  const ProcessResult no_input = run_script(scratch, "$honua validate --expressions-only - <&-");
  CHECK(no_input.status == 3);
  CHECK(contains(no_input.err, "`<stdin>`: bad file descriptor"));
}

TEST_CASE("standard input that cannot be read says why") {
  const ScratchDirectory scratch;
  const ProcessResult result = run_script(scratch, "$honua validate --expressions-only - < .");
  CHECK(result.status == 3);
  CHECK(contains(result.err, "is a directory"));
  const ProcessResult endless = run_script(scratch, "$honua validate --expressions-only - < /dev/zero");
  CHECK(endless.status == 3);
  CHECK(contains(endless.err, "is larger than 256 MiB"));
}

TEST_CASE("process substitutions and pipes under a path are read") {
  const ScratchDirectory scratch;
  CHECK(run_script(scratch, "echo 'a = 1' | $honua validate --expressions-only /dev/stdin").status == 0);
  CHECK(run_script(scratch,
                   "mkfifo pipe\n(sleep 0.1; echo 'a = 1' > pipe) &\n$honua validate --expressions-only pipe")
            .status == 0);
}

TEST_CASE("a file of 1 GB is refused without being read") {
  const ScratchDirectory scratch;
  const ProcessResult result =
      run_script(scratch, "truncate -s 1G huge.hcl\n$honua validate --expressions-only huge.hcl");
  CHECK(result.status == 3);
  CHECK(contains(result.err, "`huge.hcl`: has 1 GiB; files over 256 MiB are not read"));
}

}  // namespace honua::cli
