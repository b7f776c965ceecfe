using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Cli.Plans;

/// <summary><c>orchestrate plan …</c>: the catalogue of plans.</summary>
internal static class PlanCommands
{
    public static Command Create() => new("plan", "Works with plans.") { Validate(), Register(), List(), Show() };

    private static Command Validate()
    {
        var file = new Argument<string>("FILE") { Description = "The plan, YAML or JSON, at most 1.5 MiB." };
        return RemoteCommand.Create(
            "validate", "Says everything that is wrong with a plan, against the agents that are registered. Stores nothing.", [file],
            async (session, parsed, cancellationToken) =>
        {
            var named = parsed.GetRequiredValue(file);
            var document = await InputFile.ReadPlanAsync(named, cancellationToken);
            var answer = await session.Client.Plans.ValidatePlanAsync(
                new ValidatePlanRequest { Document = document }, cancellationToken: cancellationToken);
            PlanSource.WriteProblems(session.Output, named, answer.Problems);
            session.Output.Line(answer.Valid ? $"{named} is valid" : $"{named} cannot run");
            session.Output.Json(ContractJson.Of(answer));
            return answer.Valid ? ExitCode.Done : ExitCode.Failed;
        });
    }

    private static Command Register()
    {
        var file = new Argument<string>("FILE") { Description = "The plan, YAML or JSON, at most 1.5 MiB." };
        return RemoteCommand.Create(
            "register", "Stores a plan under its id and version. The same text again is fine; other text needs another version.", [file],
            async (session, parsed, cancellationToken) =>
        {
            var named = parsed.GetRequiredValue(file);
            var document = await InputFile.ReadPlanAsync(named, cancellationToken);
            var answer = await PlanSource.TryAsync(
                named, async () => await session.Client.Plans.RegisterPlanAsync(
                    new RegisterPlanRequest { Document = document }, cancellationToken: cancellationToken));
            PlanSource.WriteProblems(session.Output, named, answer.Problems);
            session.Output.Line($"Registered {answer.PlanId}@{answer.Version} ({answer.ContentHash[..12]})");
            session.Output.Json(ContractJson.Of(answer));
            return ExitCode.Done;
        });
    }

    private static Command List() =>
        RemoteCommand.Create("list", "Lists the registered plans.", [], async (session, _, cancellationToken) =>
    {
        var answer = new ListPlansResponse();
        do
        {
            var request = new ListPlansRequest { PageSize = 500, PageToken = answer.NextPageToken };
            var page = await session.Client.Plans.ListPlansAsync(request, cancellationToken: cancellationToken);
            answer.Plans.Add(page.Plans);
            answer.NextPageToken = page.NextPageToken;
        }
        while (answer.NextPageToken.Length > 0);

        session.Output.Table(
            ["PLAN", "VERSION", "HASH", "DESCRIPTION"],
            answer.Plans.Select(plan => (IReadOnlyList<string>)[plan.PlanId, plan.Version, plan.ContentHash[..12], plan.Description]));
        session.Output.Json(ContractJson.Of(answer));
        return ExitCode.Done;
    });

    private static Command Show()
    {
        var plan = new Argument<string>("FILE|ID") { Description = "A plan's file, or the id of a registered one: name or name@version." };
        var text = new Option<bool>("--text") { Description = "Writes the text of a registered plan and nothing else." };
        return RemoteCommand.Create(
            "show", "Shows a plan and the schedule a run of it would follow.", [plan, text], async (session, parsed, cancellationToken) =>
        {
            var named = parsed.GetRequiredValue(plan);
            var document = await PlanSource.ReadAsync(named, cancellationToken);
            var stored = document is null ? await FindAsync(session, named, cancellationToken) : null;
            if (parsed.GetValue(text))
            {
                session.Output.Text(stored?.Text ?? document!.Text);
                session.Output.Json(stored?.Text ?? document!.Text);
                return ExitCode.Done;
            }

            var request = document is null ? new PreviewPlanRequest { PlanId = named } : new PreviewPlanRequest { Document = document };
            var preview = await session.Client.Plans.PreviewPlanAsync(request, cancellationToken: cancellationToken);
            Write(session.Output, named, stored, preview);
            return preview.Levels.Count > 0 ? ExitCode.Done : ExitCode.Failed;
        });
    }

    private static async Task<StoredPlan> FindAsync(Session session, string named, CancellationToken cancellationToken)
    {
        var parts = named.Split('@', 2);
        var request = new GetPlanRequest { PlanId = parts[0], Version = parts.Length > 1 ? parts[1] : "" };
        return await session.Client.Plans.GetPlanAsync(request, cancellationToken: cancellationToken);
    }

    private static void Write(Output output, string named, StoredPlan? stored, PreviewPlanResponse preview)
    {
        if (stored is not null)
        {
            output.Line($"{stored.PlanId}@{stored.Version} ({stored.ContentHash[..12]}) {stored.Description}".TrimEnd());
        }

        PlanSource.WriteProblems(output, named, preview.Problems);
        foreach (var (index, level) in preview.Levels.Index())
        {
            output.Line($"  level {index + 1}: {string.Join(", ", level.StepIds)}");
        }

        if (preview.CriticalPath.Count > 0)
        {
            output.Line($"  critical path: {string.Join(" → ", preview.CriticalPath)}");
        }

        output.Json(new JsonObject { ["plan"] = stored is null ? null : ContractJson.Of(stored), ["preview"] = ContractJson.Of(preview) });
    }
}
