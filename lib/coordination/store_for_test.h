// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "coordination/store.h"

// What tests do with a store. For tests only.
namespace honua::coordination {

inline PublishRequest request_of(const std::string& text) {
  PublishRequest request;
  request.text = text;
  request.author = "tester";
  return request;
}

inline PublishOutcome publish(Store& store, const PublishRequest& request) {
  auto outcome = store.publish(request);
  REQUIRE_MESSAGE(outcome.has_value(), outcome.error().message);
  return *std::move(outcome);
}

inline std::uint64_t head_version(Store& store) {
  const auto head = store.head();
  REQUIRE_MESSAGE(head.has_value(), head.error().message);
  return *head ? (*head)->version : 0;
}

inline std::vector<std::string> faults_of(Store& store) {
  const auto faults = store.verify();
  REQUIRE(faults.has_value());
  std::vector<std::string> all;
  for (const StoreFault& one : *faults) all.push_back(one.place + ": " + one.message);
  return all;
}

inline LeaseRequest lease_request(std::chrono::milliseconds duration, std::chrono::milliseconds patience,
                                  const std::string& name = publisher_lease) {
  return {name, "tester", duration, patience};
}

inline Lease acquire(Store& store, const LeaseRequest& request) {
  auto granted = store.acquire(request);
  REQUIRE(granted.has_value());
  REQUIRE(granted->has_value());
  return **std::move(granted);
}

}  // namespace honua::coordination
