// SPDX-License-Identifier: MIT
#include "watching/watch_loop.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/scratch_directory.h"
#include "watching/recording_file_system.h"

namespace honua::watching {

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

// What a test waits for a tell at most, and for none.
constexpr milliseconds patience{5000};
constexpr milliseconds quiet_time{400};

void write_file(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

// A loop in a thread that looks at `honua.hcl`; what has `bad` in it is invalid.
class Looped {
 public:
  explicit Looped(const LoopOptions& options = {}, const std::string& text = "first") {
    fs::create_directory(directory);
    if (!text.empty()) write_file(file, text);
    start(options);
  }
  ~Looped() { end(); }
  Looped(const Looped&) = delete;
  Looped& operator=(const Looped&) = delete;

  void end() {
    if (!thread_.joinable()) return;
    loop->stop();
    thread_.join();
  }

  // All that was told, once there were so many or after a while.
  std::vector<std::string> told(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [&] { return told_.size() >= count; });
    lock.unlock();
    std::this_thread::sleep_for(quiet_time);
    lock.lock();
    return told_;
  }
  [[nodiscard]] std::vector<std::string> warnings() {
    const std::scoped_lock lock(mutex_);
    return warnings_;
  }

  ScratchDirectory scratch;
  std::string root = fs::canonical(scratch.path()).string();
  std::string directory = root + "/conf";
  std::string file = directory + "/honua.hcl";
  std::unique_ptr<WatchLoop> loop;

 private:
  void start(const LoopOptions& options) {
    WatchLoop::Callbacks callbacks;
    callbacks.look = [this](Reason /*reason*/) { return look(); };
    callbacks.tell = [this](const Look& found, Reason reason) {
      const std::scoped_lock lock(mutex_);
      if (found.finding == Settling::Finding::missing) text_ = "missing";
      told_.push_back(reason == Reason::reload ? "reload: " + text_ : text_);
      changed_.notify_all();
    };
    callbacks.warn = [this](const std::string& message) {
      const std::scoped_lock lock(mutex_);
      warnings_.push_back(message);
    };
    loop = *WatchLoop::create(options, std::move(callbacks));
    thread_ = std::thread([this] { loop->run(); });
    (void)told_first();
  }

  bool told_first() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, milliseconds(3000), [&] { return !told_.empty(); });
  }

  Look look() {
    RealFileSystem real;
    const RecordingFileSystem files(real);
    const auto content = files.read_file(file, std::size_t{1} << 24U);
    text_ = content ? content->to_string() : "missing";
    Look found;
    found.finding = files.has_missing()                      ? Settling::Finding::missing
                    : files.has_empty()                      ? Settling::Finding::empty
                    : text_.find("bad") != std::string::npos ? Settling::Finding::invalid
                                                             : Settling::Finding::sound;
    found.hash = files.hash();
    found.list = files.watch_list();
    if (text_.size() > 20) text_ = text_.substr(0, 20);
    return found;
  }

  std::string text_;  // of the last look
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> told_;
  std::vector<std::string> warnings_;
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("every way to save a file is told once, with what it is afterwards") {
  struct Habit {
    const char* name;
    std::function<void(const Looped&)> save;
  };
  const std::vector<Habit> habits = {
      {"shell redirection", [](const Looped& one) { write_file(one.file, "second"); }},
      {"truncate, then two writes",
       [](const Looped& one) {
         write_file(one.file, "");
         std::this_thread::sleep_for(milliseconds(40));
         std::ofstream(one.file, std::ios::app) << "bad";
         std::this_thread::sleep_for(milliseconds(40));
         write_file(one.file, "second");
       }},
      {"open, write in parts",
       [](const Looped& one) {
         std::ofstream out(one.file);
         for (const char* part : {"bad", "", "\b"}) {
           out << part << std::flush;
           std::this_thread::sleep_for(milliseconds(20));
         }
         out.close();
         write_file(one.file, "second");
       }},
      {"write temporary, rename",
       [](const Looped& one) {
         write_file(one.directory + "/.tmp", "second");
         fs::rename(one.directory + "/.tmp", one.file);
       }},
      {"move away, write anew, remove (vim with backup)",
       [](const Looped& one) {
         write_file(one.directory + "/4913", "");
         fs::remove(one.directory + "/4913");
         fs::rename(one.file, one.file + "~");
         write_file(one.file, "second");
         fs::permissions(one.file, fs::perms::owner_all);
         fs::remove(one.file + "~");
       }},
      {"hard link as backup, then rename (emacs)",
       [](const Looped& one) {
         fs::create_hard_link(one.file, one.file + "~");
         write_file(one.directory + "/#honua.hcl#", "second");
         fs::rename(one.directory + "/#honua.hcl#", one.file);
       }},
      {"delete and recreate",
       [](const Looped& one) {
         fs::remove(one.file);
         std::this_thread::sleep_for(milliseconds(100));
         write_file(one.file, "second");
       }},
      {"unlink and create at once (git checkout)",
       [](const Looped& one) {
         fs::remove(one.file);
         write_file(one.file, "second");
       }},
      {"the directory is replaced",
       [](const Looped& one) {
         fs::create_directory(one.root + "/new");
         write_file(one.root + "/new/honua.hcl", "second");
         fs::rename(one.directory, one.root + "/old");
         fs::rename(one.root + "/new", one.directory);
       }},
      {"the directory goes and comes",
       [](const Looped& one) {
         fs::remove_all(one.directory);
         std::this_thread::sleep_for(milliseconds(50));
         fs::create_directory(one.directory);
         write_file(one.file, "second");
       }},
      {"the file becomes a link",
       [](const Looped& one) {
         write_file(one.root + "/elsewhere.hcl", "second");
         fs::create_symlink(one.root + "/elsewhere.hcl", one.directory + "/link");
         fs::rename(one.directory + "/link", one.file);
       }},
  };
  for (const Habit& habit : habits) {
    CAPTURE(habit.name);
    Looped looped;
    habit.save(looped);
    CHECK(looped.told(2) == Texts{"first", "second"});
    write_file(looped.file, "third");
    CHECK(looped.told(3) == Texts{"first", "second", "third"});
  }
}

TEST_CASE("links that are swapped as Kubernetes does it are told once") {
  Looped looped({}, "");
  for (const char* one : {"..1", "..2"}) {
    fs::create_directory(looped.directory + "/" + one);
    write_file(looped.directory + "/" + one + "/honua.hcl", one);
  }
  fs::create_directory_symlink("..1", looped.directory + "/..data");
  fs::create_symlink("..data/honua.hcl", looped.file);
  CHECK(looped.told(2) == Texts{"missing", "..1"});
  fs::create_directory_symlink("..2", looped.directory + "/..data_tmp");
  fs::rename(looped.directory + "/..data_tmp", looped.directory + "/..data");
  fs::remove_all(looped.directory + "/..1");
  CHECK(looped.told(3) == Texts{"missing", "..1", "..2"});
}

TEST_CASE("what does not change the content is not told") {
  Looped looped;
  fs::permissions(looped.file, fs::perms::owner_all);
  fs::last_write_time(looped.file, fs::file_time_type::clock::now());
  write_file(looped.file, "first");
  write_file(looped.directory + "/other", "x");
  CHECK(looped.told(1) == Texts{"first"});
}

TEST_CASE("a file that stays empty, invalid or away is told after its time") {
  Looped looped;
  write_file(looped.file, "bad");
  CHECK(looped.told(2) == Texts{"first", "bad"});
  write_file(looped.file, "");
  CHECK(looped.told(3) == Texts{"first", "bad", ""});
  fs::remove(looped.file);
  CHECK(looped.told(4) == Texts{"first", "bad", "", "missing"});
  write_file(looped.file, "again");
  CHECK(looped.told(5) == Texts{"first", "bad", "", "missing", "again"});
}

TEST_CASE("very many writes end in few tells, the last of which has the last content") {
  Looped looped;
  for (int count = 0; count < 10'000; ++count) write_file(looped.file, "v" + std::to_string(count));
  const Texts all = looped.told(2);
  CHECK(all.back() == "v9999");
  // On a machine that is busy the writes may take several seconds.
  CHECK(all.size() < 50);
}

TEST_CASE("a reload is told although nothing has changed") {
  Looped looped;
  CHECK(looped.told(1) == Texts{"first"});
  looped.loop->reload();
  CHECK(looped.told(2) == Texts{"first", "reload: first"});
}

TEST_CASE("of many reloads that are asked for at once there are two") {
  Looped looped;
  CHECK(looped.told(1) == Texts{"first"});
  for (int i = 0; i < 100; ++i) {
    looped.loop->reload();
    std::this_thread::sleep_for(milliseconds(2));
  }
  CHECK(looped.told(3) == Texts{"first", "reload: first", "reload: first"});
}

TEST_CASE("who asks for a reload is told of mistakes at once, and once") {
  Looped looped;
  CHECK(looped.told(1) == Texts{"first"});
  write_file(looped.file, "bad");
  looped.loop->reload();
  CHECK(looped.told(2) == Texts{"first", "reload: bad"});
}

TEST_CASE("files that are asked for are told as well") {
  LoopOptions options;
  options.poll = milliseconds(50);
  Looped looped(options);
  CHECK(looped.loop->is_polling());
  CHECK(looped.loop->watches() == 0);
  write_file(looped.file, "second");
  CHECK(looped.told(2) == Texts{"first", "second"});
}

TEST_CASE("what files do not tell of is looked at without a quiet time, however often it comes") {
  constexpr int most_told = 30;
  std::unique_ptr<WatchLoop> loop;
  int told = 0;
  WatchLoop::Callbacks callbacks;
  callbacks.look = [&](Reason /*reason*/) {
    Look found;
    found.hash = std::to_string(told);
    return found;
  };
  callbacks.tell = [&](const Look& /*found*/, Reason /*reason*/) {
    if (++told < most_told) loop->look_again();
    if (told == most_told) loop->stop();
  };
  callbacks.warn = [](const std::string& /*message*/) {};
  loop = *WatchLoop::create({}, std::move(callbacks));
  // With the quiet time of a storm it would take eight seconds.
  CHECK(loop->run(Clock::now() + milliseconds(4000)));
  CHECK(told == most_told);
  CHECK(loop->counts().missed == 0);
}

TEST_CASE("a loop ends at its time, if nobody stops it before") {
  WatchLoop::Callbacks callbacks;
  callbacks.look = [](Reason /*reason*/) { return Look(); };
  callbacks.tell = [](const Look& /*found*/, Reason /*reason*/) {};
  callbacks.warn = [](const std::string& /*message*/) {};
  const auto loop = *WatchLoop::create({}, std::move(callbacks));
  const TimePoint begin = Clock::now();
  CHECK_FALSE(loop->run(begin + milliseconds(30)));
  CHECK(Clock::now() >= begin + milliseconds(30));
  loop->stop();
  CHECK(loop->run(Clock::now() + std::chrono::hours(1)));
}

}  // namespace honua::watching
