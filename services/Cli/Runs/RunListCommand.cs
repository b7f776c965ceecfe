using System.CommandLine;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Cli.Runs;

/// <summary><c>orchestrate run list</c>.</summary>
internal static class RunListCommand
{
    private static readonly Dictionary<string, RunState> States = Enum.GetValues<RunState>()
        .Where(state => state != RunState.Unspecified).ToDictionary(state => StateText.Of(state).Replace(' ', '-'));

    public static Command Create()
    {
        var states = new Option<string[]>("--state")
            { Description = $"Only runs in this state; may be repeated: {string.Join(", ", States.Keys)}." };
        states.AcceptOnlyFromAmong([.. States.Keys]);
        var plan = new Option<string?>("--plan") { Description = "Only runs of this plan.", HelpName = "ID" };
        var parent = new Option<string?>("--parent")
            { Description = "The runs below this one; top-level runs otherwise.", HelpName = "ID" };
        var labels = LabelOption.Create("Only runs with this label; may be repeated: a run has all of them.");
        var limit = new Option<int>("--limit") { Description = "Most runs to list, 1 to 500.", DefaultValueFactory = _ => 50 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 500)
            {
                result.AddError("--limit is 1 to 500");
            }
        });
        var page = new Option<string?>("--page") { Description = "Goes on where the last list ended; it says how." };
        return RemoteCommand.Create(
            "list", "Lists runs, newest first.", [states, plan, parent, labels, limit, page], async (session, parsed, cancellationToken) =>
        {
            var request = new ListRunsRequest
            {
                States = { (parsed.GetValue(states) ?? []).Select(state => States[state]) },
                PlanId = parsed.GetValue(plan) ?? "",
                ParentRunId = parsed.GetValue(parent) ?? "",
                Labels = { LabelOption.Read(parsed, labels) },
                PageSize = parsed.GetValue(limit),
                PageToken = parsed.GetValue(page) ?? "",
            };
            var answer = await session.Patient.Queries.ListRunsAsync(request, cancellationToken: cancellationToken);
            session.Output.Table(["RUN", "PLAN", "STATE", "STEPS", "ACCEPTED", "TIME"], answer.Runs.Select(Row));
            if (answer.NextPageToken.Length > 0)
            {
                session.Output.Line($"There are more: --page {answer.NextPageToken}");
            }

            session.Output.Json(ContractJson.Of(answer));
            return ExitCode.Done;
        });
    }

    private static IReadOnlyList<string> Row(Run run) =>
    [
        run.RunId, $"{run.PlanId}@{run.PlanVersion}", StateText.Of(run.State), Figures.Steps(run), Figures.Time(run.AcceptedAt), Figures.Duration(run.Duration),
    ];
}
