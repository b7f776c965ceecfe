using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Cli.Runs;

/// <summary><c>orchestrate run show</c>.</summary>
internal static class RunShowCommand
{
    public static Command Create()
    {
        var run = RunCommands.RunId();
        var output = new Option<bool>("--output") { Description = "Writes the output of the run and nothing else; a large one is fetched." };
        return RemoteCommand.Create("show", "Shows a run, its steps and what came out.", [run, output], async (session, parsed, cancellationToken) =>
        {
            var request = new GetRunRequest { RunId = parsed.GetRequiredValue(run), IncludeSteps = true };
            var answer = await session.Client.Queries.GetRunAsync(request, cancellationToken: cancellationToken);
            if (parsed.GetValue(output))
            {
                var value = await session.Client.ReadValueAsync(answer.Output.Memory, cancellationToken);
                session.Output.Value(value);
                session.Output.Json(JsonSerializer.SerializeToNode(value));
                return ExitCode.Done;
            }

            Write(session.Output, answer);
            session.Output.Json(ContractJson.Of(answer));
            return ExitCode.Done;
        });
    }

    private static void Write(Output output, Run run)
    {
        output.Line($"{run.RunId}: {StateText.Of(run.State)}{(run.Failure is { } failure ? $": {failure.Code}: {failure.Message}" : "")}");
        output.Line($"  plan {run.PlanId}@{run.PlanVersion}, accepted {Figures.Time(run.AcceptedAt)}, steps {Figures.Steps(run)}, {Figures.Duration(run.Duration)}".TrimEnd(' ', ','));
        if (run.Labels.Count > 0)
        {
            output.Line($"  labels {string.Join(", ", run.Labels.Select(label => $"{label.Key}={label.Value}"))}");
        }

        if (run.Steps.Count > 0)
        {
            output.Table(["STEP", "STATE", "ATTEMPTS", "AGENT", "TIME", "NOTE"], run.Steps.Select(Row));
        }

        if (!run.Output.IsEmpty)
        {
            output.Line($"Output: orchestrate run show {run.RunId} --output");
        }
    }

    private static IReadOnlyList<string> Row(Step step) =>
    [
        step.StepId,
        StateText.Of(step.State),
        step.Attempts.ToString(CultureInfo.InvariantCulture),
        step.AgentId,
        Figures.Between(step.StartedAt, step.EndedAt),
        step.Failure is { } failure ? $"{failure.Code}: {failure.Message}" : step.ChildRunId.Length > 0 ? $"run {step.ChildRunId}" : step.Message,
    ];
}
