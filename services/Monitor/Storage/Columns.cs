using System.Data.Common;
using System.Text.Json;
using Google.Protobuf;
using Orchestration.Contracts;
using Orchestration.Contracts.Agents;

namespace Monitor.Storage;

/// <summary>Rows as columns, both ways.</summary>
internal static class Columns
{
    public const string OfRun =
        "tenant, run_id, root_run_id, parent_run_id, parent_step_id, plan_id, plan_version, actor, state, accepted_at, started_at, ended_at, "
        + "labels, steps_total, steps_ended, steps_failed, output, failure, sequence, missing_events";

    public const string OfStep =
        "step_id, position, state, attempts, closed_attempt, agent_id, app_id, queued_at, started_at, ended_at, changed_at, percent, message, "
        + "output, failure, child_run_id, first_started_at, by_fallback, setback";

    public static RunRow ReadRun(DbDataReader row) => new()
    {
        Key = new RunKey(row.GetString(0), row.GetString(1)),
        RootRunId = row.GetString(2),
        ParentRunId = row.GetString(3),
        ParentStepId = row.GetString(4),
        PlanId = row.GetString(5),
        PlanVersion = row.GetString(6),
        Actor = row.GetString(7),
        State = (RunState)row.GetInt64(8),
        AcceptedAt = Moment.FromStored(row.GetInt64(9)) ?? default,
        StartedAt = Moment.FromStored(row.GetInt64(10)),
        EndedAt = Moment.FromStored(row.GetInt64(11)),
        Labels = JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(12))!,
        StepsTotal = row.GetInt32(13),
        StepsEnded = row.GetInt32(14),
        StepsFailed = row.GetInt32(15),
        Output = row.GetFieldValue<byte[]>(16),
        Failure = ReadFailure(row.GetFieldValue<byte[]>(17)),
        Sequence = row.GetInt64(18),
        MissingEvents = row.GetInt64(19),
    };

    public static (string Name, object Value)[] Of(RunRow run) =>
    [
        ("tenant", run.Key.Tenant),
        ("run_id", run.Key.RunId),
        ("root_run_id", run.RootRunId),
        ("parent_run_id", run.ParentRunId),
        ("parent_step_id", run.ParentStepId),
        ("plan_id", run.PlanId),
        ("plan_version", run.PlanVersion),
        ("actor", run.Actor),
        ("state", (long)run.State),
        ("accepted_at", Moment.ToStored(run.AcceptedAt)),
        ("started_at", Moment.ToStored(run.StartedAt)),
        ("ended_at", Moment.ToStored(run.EndedAt)),
        ("labels", JsonSerializer.Serialize(run.Labels)),
        ("steps_total", (long)run.StepsTotal),
        ("steps_ended", (long)run.StepsEnded),
        ("steps_failed", (long)run.StepsFailed),
        ("output", run.Output),
        ("failure", run.Failure?.ToByteArray() ?? []),
        ("sequence", run.Sequence),
        ("missing_events", run.MissingEvents),
    ];

    public static StepRow ReadStep(DbDataReader row) => new()
    {
        StepId = row.GetString(0),
        Position = row.GetInt32(1),
        State = (StepState)row.GetInt64(2),
        Attempts = row.GetInt32(3),
        ClosedAttempt = row.GetInt32(4),
        AgentId = row.GetString(5),
        AppId = row.GetString(6),
        QueuedAt = Moment.FromStored(row.GetInt64(7)),
        StartedAt = Moment.FromStored(row.GetInt64(8)),
        EndedAt = Moment.FromStored(row.GetInt64(9)),
        ChangedAt = Moment.FromStored(row.GetInt64(10)) ?? default,
        Percent = row.GetDouble(11),
        Message = row.GetString(12),
        Output = row.GetFieldValue<byte[]>(13),
        Failure = ReadFailure(row.GetFieldValue<byte[]>(14)),
        ChildRunId = row.GetString(15),
        FirstStartedAt = Moment.FromStored(row.GetInt64(16)),
        ByFallback = row.GetInt64(17) != 0,
        Setback = ReadFailure(row.GetFieldValue<byte[]>(18)),
    };

    public static (string Name, object Value)[] Of(RunKey run, StepRow step) =>
    [
        ("tenant", run.Tenant),
        ("run_id", run.RunId),
        ("step_id", step.StepId),
        ("position", (long)step.Position),
        ("state", (long)step.State),
        ("attempts", (long)step.Attempts),
        ("closed_attempt", (long)step.ClosedAttempt),
        ("agent_id", step.AgentId),
        ("app_id", step.AppId),
        ("queued_at", Moment.ToStored(step.QueuedAt)),
        ("started_at", Moment.ToStored(step.StartedAt)),
        ("ended_at", Moment.ToStored(step.EndedAt)),
        ("changed_at", Moment.ToStored(step.ChangedAt)),
        ("percent", step.Percent),
        ("message", step.Message),
        ("output", step.Output),
        ("failure", step.Failure?.ToByteArray() ?? []),
        ("child_run_id", step.ChildRunId),
        ("first_started_at", Moment.ToStored(step.FirstStartedAt)),
        ("by_fallback", step.ByFallback ? 1L : 0L),
        ("setback", step.Setback?.ToByteArray() ?? []),
    ];

    private static Failure? ReadFailure(byte[] stored) => stored.Length == 0 ? null : Failure.Parser.ParseFrom(stored);
}
