using System.Text.Json;
using Monitor.Storage;

namespace Monitor.Tests.Databases;

/// <summary>Rows as text: records with collections in them do not compare by content.</summary>
internal static class Dump
{
    public static string Of(RunRow run, IEnumerable<StepRow> steps) =>
        Of(run with { Failure = null }) + run.Failure + "\n"
            + string.Concat(steps.Select(step => Of(step with { Failure = null }) + step.Failure + "\n"));

    private static string Of<T>(T row) => JsonSerializer.Serialize(row);
}
