//! The tables, kept by hand beside `migrations/`; a test compares both on each database.

diesel::table! {
    delegations (id) {
        id -> Text,
        code -> Text,
        kind -> Text,
        name_en -> Text,
        name_ru -> Text,
        formal_name_en -> Text,
        formal_name_ru -> Text,
        votes -> Bool,
        created_at -> Timestamp,
    }
}

diesel::table! {
    accounts (id) {
        id -> Text,
        email -> Text,
        name -> Text,
        office -> Text,
        language -> Text,
        time_zone -> Text,
        password_hash -> Text,
        created_at -> Timestamp,
        disabled_at -> Nullable<Timestamp>,
        erased_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    accreditations (id) {
        id -> Text,
        account_id -> Text,
        delegation_id -> Text,
        capacity -> Text,
        valid_from_on -> Date,
        valid_until_on -> Nullable<Date>,
        revoked_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    invitations (id) {
        id -> Text,
        token_digest -> Text,
        email -> Text,
        name -> Text,
        office -> Text,
        delegation_id -> Nullable<Text>,
        capacity -> Nullable<Text>,
        language -> Text,
        created_by -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sign_ins (id) {
        id -> Text,
        account_id -> Text,
        token_digest -> Text,
        machine -> Text,
        created_at -> Timestamp,
        last_seen_at -> Timestamp,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sign_in_failures (id) {
        id -> Text,
        scope -> Text,
        digest -> Text,
        failed_at -> Timestamp,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        number -> Integer,
        title_en -> Text,
        title_ru -> Text,
        place_en -> Text,
        place_ru -> Text,
        starts_on -> Date,
        ends_on -> Date,
        time_zone -> Text,
        programme_first_year -> Integer,
        programme_last_year -> Integer,
        default_method -> Text,
        default_tie_rule -> Text,
        default_base -> Text,
        default_quorum -> Text,
        is_demonstration -> Bool,
        edition -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        takes_late -> Bool,
    }
}

diesel::table! {
    windows (session_id, step) {
        session_id -> Text,
        step -> Text,
        opens_at -> Timestamp,
        closes_at -> Timestamp,
    }
}

diesel::table! {
    criteria (id) {
        id -> Text,
        session_id -> Text,
        position -> Integer,
        name_en -> Text,
        name_ru -> Text,
        help_en -> Text,
        help_ru -> Text,
        weight -> Integer,
    }
}

diesel::table! {
    reviewers (session_id, account_id) {
        session_id -> Text,
        account_id -> Text,
        appointed_at -> Timestamp,
    }
}

diesel::table! {
    questionnaires (id) {
        id -> Text,
        session_id -> Text,
        kind -> Text,
        version -> Integer,
        definition -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    submissions (id) {
        id -> Text,
        kind -> Text,
        session_id -> Text,
        delegation_id -> Text,
        number -> Integer,
        reference -> Text,
        state -> Text,
        questionnaire_id -> Text,
        original_language -> Text,
        revision -> Integer,
        title_en -> Text,
        title_ru -> Text,
        summary_en -> Text,
        summary_ru -> Text,
        theme -> Nullable<Text>,
        main_target -> Nullable<Text>,
        first_year -> Nullable<Integer>,
        last_year -> Nullable<Integer>,
        cost_total -> Nullable<BigInt>,
        currency -> Nullable<Text>,
        staff_weeks -> Nullable<BigInt>,
        search_text -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        accepted_at -> Nullable<Timestamp>,
        published_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    submission_tags (submission_id, list, code) {
        submission_id -> Text,
        list -> Text,
        code -> Text,
    }
}

diesel::table! {
    submission_copies (submission_id) {
        submission_id -> Text,
        source_id -> Text,
        source_revision -> Integer,
        copied_at -> Timestamp,
    }
}

diesel::table! {
    compiled_sources (submission_id) {
        submission_id -> Text,
        source_key -> Text,
        period -> Text,
        source_state -> Text,
        source_title -> Text,
        source_url -> Text,
        source_date -> Text,
        source_kind -> Text,
        confidence -> Text,
        taken_over_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    revisions (submission_id, number) {
        submission_id -> Text,
        number -> Integer,
        account_id -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    answers (submission_id, question, language, revision) {
        submission_id -> Text,
        question -> Text,
        language -> Text,
        revision -> Integer,
        replaced_in -> Integer,
        text -> Text,
    }
}

diesel::table! {
    submission_acts (id) {
        id -> Text,
        submission_id -> Text,
        event -> Text,
        from_state -> Text,
        to_state -> Text,
        revision -> Integer,
        account_id -> Text,
        note -> Text,
        acted_at -> Timestamp,
    }
}

diesel::table! {
    comments (id) {
        id -> Text,
        submission_id -> Text,
        act_id -> Text,
        question -> Text,
        text -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    attachments (id) {
        id -> Text,
        submission_id -> Text,
        name -> Text,
        state -> Text,
        content -> Nullable<Text>,
        size_bytes -> Nullable<BigInt>,
        received_bytes -> BigInt,
        sha256 -> Text,
        store_key -> Text,
        mark -> Text,
        is_public -> Bool,
        account_id -> Text,
        started_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
        removed_by -> Nullable<Text>,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    attachment_parts (attachment_id, start_byte) {
        attachment_id -> Text,
        start_byte -> BigInt,
        length_bytes -> BigInt,
        store_key -> Text,
    }
}

diesel::table! {
    consents (submission_id, delegation_id) {
        submission_id -> Text,
        delegation_id -> Text,
        state -> Text,
        revision -> Integer,
        note -> Text,
        account_id -> Nullable<Text>,
        asked_at -> Timestamp,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    co_sponsors (submission_id, delegation_id) {
        submission_id -> Text,
        delegation_id -> Text,
        state -> Text,
        revision -> Integer,
        account_id -> Nullable<Text>,
        asked_at -> Timestamp,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    text_states (submission_id, question, language) {
        submission_id -> Text,
        question -> Text,
        language -> Text,
        revision -> Integer,
        account_id -> Text,
        checked_at -> Timestamp,
    }
}

diesel::table! {
    clarifications (id) {
        id -> Text,
        submission_id -> Text,
        reach -> Text,
        asked_by -> Text,
        asked_for -> Nullable<Text>,
        asked_as -> Text,
        question -> Text,
        asked_at -> Timestamp,
        answer -> Text,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    reviews (id) {
        id -> Text,
        submission_id -> Text,
        account_id -> Text,
        state -> Text,
        reason -> Text,
        edition -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        given_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    scores (review_id, criterion_id) {
        review_id -> Text,
        criterion_id -> Text,
        mark -> Text,
    }
}

diesel::table! {
    recusals (submission_id, account_id) {
        submission_id -> Text,
        account_id -> Text,
        reason -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    ballots (id) {
        id -> Text,
        session_id -> Text,
        number -> Integer,
        title_en -> Text,
        title_ru -> Text,
        state -> Text,
        method -> Text,
        tie_rule -> Text,
        base -> Text,
        quorum -> Text,
        levels -> Integer,
        seed -> Text,
        asked_by -> Nullable<Text>,
        is_made_up -> Bool,
        opens_at -> Nullable<Timestamp>,
        closes_at -> Timestamp,
        opened_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        certified_at -> Nullable<Timestamp>,
        outcome -> Nullable<Text>,
        fingerprint -> Nullable<Text>,
        edition -> Integer,
        created_at -> Timestamp,
        fewest_papers -> Nullable<Integer>,
    }
}

diesel::table! {
    ballot_options (ballot_id, submission_id) {
        ballot_id -> Text,
        submission_id -> Text,
        position -> Integer,
        review_score -> Text,
    }
}

diesel::table! {
    electorate (ballot_id, delegation_id) {
        ballot_id -> Text,
        delegation_id -> Text,
        is_present -> Bool,
        has_voted -> Bool,
    }
}

diesel::table! {
    ballot_positions (ballot_id, delegation_id) {
        ballot_id -> Text,
        delegation_id -> Text,
        original_language -> Text,
        text_en -> Text,
        text_ru -> Text,
        given_by -> Text,
        given_at -> Timestamp,
    }
}

diesel::table! {
    hand_papers (paper_id) {
        paper_id -> Text,
        source -> Text,
        state -> Text,
        reason -> Text,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    decision_parts (decision_id, letter) {
        decision_id -> Text,
        letter -> Text,
        paragraph -> Integer,
        text_en -> Text,
        text_ru -> Text,
        asked_by -> Text,
        is_kept -> Nullable<Bool>,
    }
}

diesel::table! {
    decision_part_votes (decision_id, letter, delegation_id) {
        decision_id -> Text,
        letter -> Text,
        delegation_id -> Text,
        answer -> Text,
    }
}

diesel::table! {
    ballot_urns (ballot_id) {
        ballot_id -> Text,
        papers -> Text,
    }
}

diesel::table! {
    ballot_papers (id) {
        id -> Text,
        ballot_id -> Text,
        delegation_id -> Text,
        number -> Integer,
        kind -> Text,
        prepared_by -> Text,
        prepared_at -> Timestamp,
        confirmed_by -> Nullable<Text>,
        confirmed_at -> Nullable<Timestamp>,
        receipt -> Nullable<Text>,
    }
}

diesel::table! {
    priorities (paper_id, submission_id) {
        paper_id -> Text,
        submission_id -> Text,
        priority -> Nullable<Integer>,
        objection -> Text,
    }
}

diesel::table! {
    programmes (id) {
        id -> Text,
        session_id -> Text,
        reference -> Text,
        revision -> Integer,
        state -> Text,
        ballot_id -> Nullable<Text>,
        places -> Integer,
        introduction_en -> Text,
        introduction_ru -> Text,
        adopted_by -> Nullable<Text>,
        adopted_on -> Nullable<Date>,
        adoption_record_en -> Text,
        adoption_record_ru -> Text,
        edition -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        adopted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    programme_items (id) {
        id -> Text,
        programme_id -> Text,
        submission_id -> Text,
        position -> Integer,
        proposed -> Bool,
        included -> Bool,
        reason_en -> Text,
        reason_ru -> Text,
        override_reason -> Text,
    }
}

diesel::table! {
    adoption_votes (programme_id, delegation_id) {
        programme_id -> Text,
        delegation_id -> Text,
        answer -> Text,
    }
}

diesel::table! {
    audit (position) {
        position -> BigInt,
        acted_at -> Timestamp,
        account_id -> Nullable<Text>,
        act -> Text,
        subject -> Text,
        detail -> Text,
        previous_digest -> Text,
        digest -> Text,
    }
}

diesel::table! {
    library_editions (library) {
        library -> Text,
        edition -> Text,
    }
}

diesel::table! {
    messages (id) {
        id -> Text,
        kind -> Text,
        account_id -> Nullable<Text>,
        email -> Text,
        name -> Text,
        capacity -> Text,
        delegation_id -> Nullable<Text>,
        language -> Text,
        facts -> Text,
        link -> Text,
        secret_seed -> Text,
        asks -> Bool,
        in_digest -> Bool,
        digest_id -> Nullable<Text>,
        unique_key -> Text,
        subject -> Text,
        body -> Text,
        created_at -> Timestamp,
        due_at -> Timestamp,
        state -> Text,
        attempts -> Integer,
        last_error -> Text,
        sent_at -> Nullable<Timestamp>,
        claimed_by -> Nullable<Text>,
        claimed_until -> Nullable<Timestamp>,
    }
}

diesel::table! {
    mail_choices (account_id) {
        account_id -> Text,
        pace -> Text,
    }
}

diesel::table! {
    password_requests (id) {
        id -> Text,
        email -> Text,
        asked_at -> Timestamp,
    }
}

diesel::table! {
    mail_texts (kind, language) {
        kind -> Text,
        language -> Text,
        subject -> Text,
        body -> Text,
        edition -> Integer,
        edited_by -> Text,
        edited_at -> Timestamp,
    }
}

diesel::table! {
    decisions (id) {
        id -> Text,
        session_id -> Text,
        number -> Integer,
        title_en -> Text,
        title_ru -> Text,
        programme_id -> Nullable<Text>,
        submission_id -> Nullable<Text>,
        state -> Text,
        revision -> Integer,
        silence_from -> Nullable<Timestamp>,
        silence_until -> Nullable<Timestamp>,
        asked_by -> Nullable<Text>,
        seed -> Text,
        base -> Nullable<Text>,
        quorum -> Nullable<Text>,
        rung -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        is_made_up -> Bool,
        edition -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    decision_texts (decision_id, revision) {
        decision_id -> Text,
        revision -> Integer,
        text_en -> Text,
        text_ru -> Text,
        is_checked -> Bool,
        entered_by -> Text,
        entered_at -> Timestamp,
    }
}

diesel::table! {
    decision_acts (decision_id, position) {
        decision_id -> Text,
        position -> Integer,
        event -> Text,
        revision -> Integer,
        account_id -> Nullable<Text>,
        delegation_id -> Nullable<Text>,
        note -> Text,
        until -> Nullable<Timestamp>,
        at -> Timestamp,
    }
}

diesel::table! {
    decision_grades (decision_id, delegation_id) {
        decision_id -> Text,
        delegation_id -> Text,
        grade -> Text,
        note -> Text,
        given_by -> Text,
        given_at -> Timestamp,
    }
}

diesel::table! {
    objections (id) {
        id -> Text,
        decision_id -> Text,
        delegation_id -> Text,
        revision -> Integer,
        passage -> Text,
        reason -> Text,
        broke_silence -> Bool,
        state -> Text,
        raised_by -> Text,
        raised_at -> Timestamp,
        settled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    amendments (id) {
        id -> Text,
        decision_id -> Text,
        objection_id -> Text,
        delegation_id -> Nullable<Text>,
        revision -> Integer,
        text_en -> Text,
        text_ru -> Text,
        state -> Text,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        settled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    decision_votes (decision_id, delegation_id) {
        decision_id -> Text,
        delegation_id -> Text,
        position -> Integer,
        has_passed -> Bool,
        answer -> Nullable<Text>,
    }
}

diesel::table! {
    positions (decision_id, delegation_id) {
        decision_id -> Text,
        delegation_id -> Text,
        text_en -> Text,
        text_ru -> Text,
        given_by -> Text,
        given_at -> Timestamp,
    }
}

diesel::table! {
    second_factors (account_id) {
        account_id -> Text,
        seed -> Text,
        last_step -> BigInt,
        confirmed_at -> Timestamp,
    }
}

diesel::table! {
    recovery_codes (account_id, digest) {
        account_id -> Text,
        digest -> Text,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sign_in_steps (token_digest) {
        token_digest -> Text,
        account_id -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    factor_requirements (session_id) {
        session_id -> Text,
        set_by -> Text,
        set_at -> Timestamp,
    }
}

diesel::table! {
    editing_presences (submission_id, account_id) {
        submission_id -> Text,
        account_id -> Text,
        question -> Text,
        seen_at -> Timestamp,
    }
}

diesel::table! {
    api_tokens (id) {
        id -> Text,
        account_id -> Text,
        name -> Text,
        scopes -> Text,
        token_digest -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        last_used_on -> Nullable<Date>,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    api_requests (token_id, request_key) {
        token_id -> Text,
        request_key -> Text,
        request_digest -> Text,
        reference -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    clearance_steps (delegation_id, position) {
        delegation_id -> Text,
        position -> Integer,
        name_en -> Text,
        name_ru -> Text,
        capacity -> Text,
    }
}

diesel::table! {
    clearance_step_people (delegation_id, position, account_id) {
        delegation_id -> Text,
        position -> Integer,
        account_id -> Text,
    }
}

diesel::table! {
    clearances (submission_id, round, position) {
        submission_id -> Text,
        round -> Integer,
        position -> Integer,
        request_id -> Text,
        name_en -> Text,
        name_ru -> Text,
        capacity -> Text,
        state -> Text,
        account_id -> Nullable<Text>,
        note -> Text,
        began_at -> Timestamp,
        acted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    clearance_people (submission_id, round, position, account_id) {
        submission_id -> Text,
        round -> Integer,
        position -> Integer,
        account_id -> Text,
    }
}

diesel::table! {
    credentials (id) {
        id -> Text,
        session_id -> Text,
        delegation_id -> Text,
        state -> Text,
        head_id -> Text,
        valid_from_on -> Date,
        valid_until_on -> Nullable<Date>,
        file_name -> Text,
        content -> Text,
        size_bytes -> BigInt,
        letter -> Text,
        comment -> Text,
        handed_in_by -> Text,
        handed_in_at -> Timestamp,
        examined_by -> Nullable<Text>,
        examined_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    meetings (session_id, held_on, part) {
        session_id -> Text,
        held_on -> Date,
        part -> Text,
        noted_at -> Timestamp,
    }
}

diesel::table! {
    attendances (session_id, held_on, part, delegation_id) {
        session_id -> Text,
        held_on -> Date,
        part -> Text,
        delegation_id -> Text,
    }
}

diesel::table! {
    capacities (session_id, in_year, half) {
        session_id -> Text,
        in_year -> Integer,
        half -> Integer,
        staff_weeks -> Nullable<Integer>,
        missions -> Nullable<Integer>,
        money -> Nullable<BigInt>,
        currency -> Text,
    }
}

diesel::table! {
    lead_times (session_id, milestone) {
        session_id -> Text,
        milestone -> Text,
        days -> Integer,
    }
}

diesel::table! {
    merges (id) {
        id -> Text,
        submission_id -> Text,
        into_id -> Text,
        into_revision -> Integer,
        note -> Text,
        account_id -> Text,
        merged_at -> Timestamp,
        unmerged_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    saved_filters (id) {
        id -> Text,
        account_id -> Text,
        session_id -> Text,
        name -> Text,
        query -> Text,
        is_shared -> Bool,
        created_at -> Timestamp,
    }
}

diesel::table! {
    progress_reports (id) {
        id -> Text,
        submission_id -> Text,
        programme_id -> Text,
        number -> Integer,
        state -> Text,
        plan_revision -> Integer,
        is_last -> Bool,
        text_en -> Text,
        text_ru -> Text,
        edition -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        given_at -> Nullable<Timestamp>,
        confirmed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    progress_outputs (report_id, position) {
        report_id -> Text,
        position -> Integer,
        state -> Text,
    }
}

diesel::table! {
    progress_indicators (report_id, position) {
        report_id -> Text,
        position -> Integer,
        value_en -> Text,
        value_ru -> Text,
    }
}

diesel::table! {
    progress_confirmations (report_id, delegation_id) {
        report_id -> Text,
        delegation_id -> Text,
        answer -> Text,
        note -> Text,
        account_id -> Nullable<Text>,
        asked_at -> Timestamp,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    edit_rounds (id) {
        id -> Text,
        submission_id -> Text,
        number -> Integer,
        base_revision -> Integer,
        state -> Text,
        note -> Text,
        edition -> Integer,
        account_id -> Text,
        started_at -> Timestamp,
        proposed_at -> Nullable<Timestamp>,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
        revision -> Nullable<Integer>,
        is_shared -> Bool,
    }
}

diesel::table! {
    practice_origins (practice_id) {
        practice_id -> Text,
        action_id -> Text,
    }
}

diesel::table! {
    edits (round_id, question) {
        round_id -> Text,
        question -> Text,
        answer -> Nullable<Text>,
        reason -> Text,
    }
}

diesel::table! {
    edited_answers (round_id, question, language) {
        round_id -> Text,
        question -> Text,
        language -> Text,
        text -> Text,
    }
}

diesel::table! {
    review_assignments (submission_id, account_id) {
        submission_id -> Text,
        account_id -> Text,
        assigned_by -> Text,
        assigned_at -> Timestamp,
    }
}

diesel::table! {
    review_remarks (review_id) {
        review_id -> Text,
        revision -> Integer,
        recommendation -> Nullable<Text>,
        because -> Text,
        to_delegation -> Text,
        note -> Text,
    }
}

diesel::table! {
    pending_outcomes (submission_id) {
        submission_id -> Text,
        event -> Text,
        note -> Text,
        revision -> Integer,
        edition -> Integer,
        account_id -> Text,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    pending_comments (submission_id, question) {
        submission_id -> Text,
        question -> Text,
        text -> Text,
    }
}

diesel::table! {
    edit_limits (session_id) {
        session_id -> Text,
        rounds_max -> Integer,
    }
}

diesel::joinable!(accreditations -> accounts (account_id));
diesel::joinable!(accreditations -> delegations (delegation_id));
diesel::joinable!(invitations -> delegations (delegation_id));
diesel::joinable!(invitations -> accounts (created_by));
diesel::joinable!(sign_ins -> accounts (account_id));
diesel::joinable!(windows -> sessions (session_id));
diesel::joinable!(criteria -> sessions (session_id));
diesel::joinable!(reviewers -> sessions (session_id));
diesel::joinable!(reviewers -> accounts (account_id));
diesel::joinable!(questionnaires -> sessions (session_id));
diesel::joinable!(submissions -> sessions (session_id));
diesel::joinable!(submissions -> delegations (delegation_id));
diesel::joinable!(submissions -> questionnaires (questionnaire_id));
diesel::joinable!(submission_tags -> submissions (submission_id));
diesel::joinable!(compiled_sources -> submissions (submission_id));
diesel::joinable!(revisions -> submissions (submission_id));
diesel::joinable!(revisions -> accounts (account_id));
diesel::joinable!(submission_acts -> submissions (submission_id));
diesel::joinable!(submission_acts -> accounts (account_id));
diesel::joinable!(comments -> submissions (submission_id));
diesel::joinable!(comments -> submission_acts (act_id));
diesel::joinable!(attachments -> submissions (submission_id));
diesel::joinable!(attachment_parts -> attachments (attachment_id));
diesel::joinable!(consents -> submissions (submission_id));
diesel::joinable!(consents -> delegations (delegation_id));
diesel::joinable!(co_sponsors -> submissions (submission_id));
diesel::joinable!(co_sponsors -> delegations (delegation_id));
diesel::joinable!(text_states -> submissions (submission_id));
diesel::joinable!(clarifications -> submissions (submission_id));
diesel::joinable!(reviews -> submissions (submission_id));
diesel::joinable!(reviews -> accounts (account_id));
diesel::joinable!(scores -> reviews (review_id));
diesel::joinable!(scores -> criteria (criterion_id));
diesel::joinable!(recusals -> submissions (submission_id));
diesel::joinable!(recusals -> accounts (account_id));
diesel::joinable!(ballots -> sessions (session_id));
diesel::joinable!(ballots -> delegations (asked_by));
diesel::joinable!(ballot_options -> ballots (ballot_id));
diesel::joinable!(ballot_options -> submissions (submission_id));
diesel::joinable!(electorate -> ballots (ballot_id));
diesel::joinable!(electorate -> delegations (delegation_id));
diesel::joinable!(ballot_positions -> delegations (delegation_id));
diesel::joinable!(hand_papers -> ballot_papers (paper_id));
diesel::joinable!(ballot_papers -> ballots (ballot_id));
diesel::joinable!(ballot_papers -> delegations (delegation_id));
diesel::joinable!(priorities -> ballot_papers (paper_id));
diesel::joinable!(priorities -> submissions (submission_id));
diesel::joinable!(programmes -> sessions (session_id));
diesel::joinable!(programmes -> ballots (ballot_id));
diesel::joinable!(programme_items -> programmes (programme_id));
diesel::joinable!(programme_items -> submissions (submission_id));
diesel::joinable!(adoption_votes -> programmes (programme_id));
diesel::joinable!(adoption_votes -> delegations (delegation_id));
diesel::joinable!(decisions -> sessions (session_id));
diesel::joinable!(decision_grades -> delegations (delegation_id));
diesel::joinable!(decision_votes -> delegations (delegation_id));
diesel::joinable!(progress_reports -> submissions (submission_id));
diesel::joinable!(progress_reports -> programmes (programme_id));
diesel::joinable!(progress_confirmations -> progress_reports (report_id));
diesel::joinable!(audit -> accounts (account_id));
diesel::joinable!(messages -> delegations (delegation_id));
diesel::joinable!(second_factors -> accounts (account_id));
diesel::joinable!(recovery_codes -> accounts (account_id));
diesel::joinable!(sign_in_steps -> accounts (account_id));
diesel::joinable!(editing_presences -> submissions (submission_id));
diesel::joinable!(editing_presences -> accounts (account_id));
diesel::joinable!(factor_requirements -> sessions (session_id));
diesel::joinable!(clearance_step_people -> accounts (account_id));
diesel::joinable!(clearance_people -> accounts (account_id));
diesel::joinable!(capacities -> sessions (session_id));
diesel::joinable!(lead_times -> sessions (session_id));
diesel::joinable!(edit_rounds -> submissions (submission_id));
diesel::joinable!(review_assignments -> submissions (submission_id));
diesel::joinable!(review_remarks -> reviews (review_id));
diesel::joinable!(pending_outcomes -> submissions (submission_id));

diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    accreditations,
    adoption_votes,
    amendments,
    answers,
    api_requests,
    api_tokens,
    attachment_parts,
    attachments,
    audit,
    ballot_options,
    ballot_papers,
    ballot_positions,
    ballot_urns,
    hand_papers,
    ballots,
    clarifications,
    clearance_people,
    clearance_step_people,
    clearance_steps,
    clearances,
    co_sponsors,
    comments,
    compiled_sources,
    capacities,
    consents,
    credentials,
    criteria,
    decision_acts,
    decision_grades,
    decision_texts,
    decision_votes,
    decisions,
    delegations,
    edit_limits,
    edit_rounds,
    edited_answers,
    editing_presences,
    edits,
    electorate,
    factor_requirements,
    invitations,
    lead_times,
    library_editions,
    mail_choices,
    mail_texts,
    merges,
    messages,
    objections,
    password_requests,
    pending_comments,
    pending_outcomes,
    positions,
    priorities,
    practice_origins,
    programme_items,
    programmes,
    progress_confirmations,
    progress_indicators,
    progress_outputs,
    progress_reports,
    questionnaires,
    recovery_codes,
    recusals,
    review_assignments,
    review_remarks,
    reviewers,
    reviews,
    revisions,
    saved_filters,
    scores,
    second_factors,
    sessions,
    sign_in_failures,
    sign_in_steps,
    sign_ins,
    submission_acts,
    submission_copies,
    submission_tags,
    submissions,
    text_states,
    windows,
);
