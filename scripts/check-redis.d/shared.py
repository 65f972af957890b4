# SPDX-License-Identifier: MIT
"""What holds for stores in directories holds for those in Redis."""

import instances
import leases
import racing
import steps
from storing import Scenarios

SCENARIOS = Scenarios()

NAMES = {
    instances: ("other_values_of_the_environment_show_in_the_status", "a_variable_that_an_instance_lacks_shows_in_the_status",
                "what_a_followers_rules_reject_is_not_run_and_the_status_says_so",
                "what_reaches_a_followers_threshold_is_not_run_and_the_status_says_so",
                "the_environment_of_who_runs_an_older_version_is_no_measure_for_others",
                "the_status_says_who_publishes", "what_a_publisher_rejects_reaches_nobody",
                "an_event_of_what_was_refused_names_no_token_that_fired_and_no_hash_that_runs",
                "what_people_say_of_versions_is_kept_as_it_is_and_shown_without_control_bytes",
                "a_record_is_one_that_can_be_read_whatever_an_author_is_called"),
    leases: ("a_lock_lost_while_stopped_ends_its_program", "a_lock_is_held_by_one_at_a_time_with_numbers_that_grow",
             "the_first_two_who_ask_for_a_lock_do_not_stumble_over_each_other",
             "the_program_of_a_killed_lock_does_not_run_beside_the_next_one",
             "a_new_leader_does_not_undo_what_others_published", "a_lease_given_back_is_not_taken_over"),
    racing: ("histories_that_no_order_explains_are_found",
             "eight_publishers_of_whom_some_are_killed_make_one_history",
             "of_two_publishers_that_expect_the_same_head_one_wins",
             "of_twenty_instances_that_start_at_once_one_leads"),
}

SCENARIOS.extend(steps.SCENARIOS)
for module, names in NAMES.items():
    for name in names:
        SCENARIOS.append(getattr(module, name))
