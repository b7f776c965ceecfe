using System.Runtime.InteropServices;
using Grpc.Core;
using Orchestration.Client;
using Orchestration.Contracts.Agents;

namespace Cli.Conformance;

/// <summary>All checks of one agent process, in order.</summary>
internal sealed partial class ConformanceRun(AgentTarget target, ConformanceOptions options)
{
    private const string Process = "process";
    private const int Terminate = 15;

    private readonly ConformanceReport report = new();

    /// <exception cref="RpcException">Nobody answers, or nobody is let in: nothing was checked. Or the check was cancelled.</exception>
    public async Task<ConformanceReport> RunAsync(CancellationToken cancellationToken)
    {
        if (await DescribeAsync(cancellationToken) is not { } described)
        {
            return report;
        }

        DescriptorRules.Check(described, report);
        var agents = described.Agents.Where(agent => options.Agent is null || agent.AgentId == options.Agent).ToList();
        report.Add(Process, "the agents to check are there", agents.Count > 0 ? null : $"there is no agent '{options.Agent}'");
        if (agents.Count == 0)
        {
            return report;
        }

        await AddressesAsync(agents[0], cancellationToken);
        foreach (var agent in agents)
        {
            foreach (var skill in agent.Skills)
            {
                await new SkillRules(target, described.InstanceId, agent, skill, report)
                    .CheckAsync(options.DescribeOnly, cancellationToken);
            }

            await OverloadAsync(agent, cancellationToken);
        }

        await CancelUnknownAsync(cancellationToken);
        await DrainAsync(agents[0], cancellationToken);
        return report;
    }

    private async Task<DescribeResponse?> DescribeAsync(CancellationToken cancellationToken)
    {
        var rule = "Describe answers";
        var hasAnswered = false;
        try
        {
            var described = await target.DescribeAsync(cancellationToken);
            report.Add(Process, rule, null);
            (rule, hasAnswered) = ("Describe says the same again", true);
            var again = await target.DescribeAsync(cancellationToken);
            report.Add(Process, rule, Content(again).Equals(Content(described)) ? null : "the second answer differs from the first");
            return described;
        }
        catch (RpcException exception) when (
            !cancellationToken.IsCancellationRequested && (hasAnswered || !(target.IsNobody(exception) || AgentTarget.IsShut(exception))))
        {
            report.Add(Process, rule, $"{target.Name}: {exception.StatusCode}: {StatusText.Of(exception.Status)}");
            return null;
        }
    }

    // Another replica has another name.
    private DescribeResponse Content(DescribeResponse described)
    {
        var content = described.Clone();
        content.InstanceId = target.AppId is null ? content.InstanceId : "";
        return content;
    }

    private async Task AddressesAsync(AgentDescriptor agent, CancellationToken cancellationToken)
    {
        const string unknown = "no-such-name";
        Expect(Process, "an unknown agent is NOT_FOUND with failure-code", StatusCode.NotFound, await target.CallAsync(
            unknown, unknown, "{}", "unknown-agent", cancellationToken));
        Expect(agent.AgentId, "an unknown skill is NOT_FOUND with failure-code", StatusCode.NotFound, await target.CallAsync(
            agent.AgentId, unknown, "{}", "unknown-skill", cancellationToken));
    }

    /// <summary>Many more calls than slots at once: each ends properly or is refused at once, with advice.</summary>
    private async Task OverloadAsync(AgentDescriptor agent, CancellationToken cancellationToken)
    {
        const string rule = "calls above max_tasks end properly or are RESOURCE_EXHAUSTED with failure-code and retry-after-ms";
        if (options.DescribeOnly || agent.Skills.Count == 0)
        {
            report.Skip(agent.AgentId, rule, "no skill is called");
            return;
        }

        var skill = agent.Skills[0];
        var input = SampleInput.For(skill.InputSchema);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Math.Min(200, agent.MaxTasks * 3 + 8)).Select(
            i => target.CallAsync(agent.AgentId, skill.Name, input, $"overload-{agent.AgentId}-{i}", cancellationToken)));
        var odd = outcomes.FirstOrDefault(outcome => !outcome.Ended && RefusalProblem(outcome) is not null);
        report.Add(agent.AgentId, rule, odd is null ? null : RefusalProblem(odd));
    }

    private static string? RefusalProblem(CallOutcome outcome) =>
        outcome.RefusalProblem(StatusCode.ResourceExhausted)
        ?? (long.TryParse(outcome.Trailers.GetValue("retry-after-ms"), out var advice) && advice >= 0
            ? null
            : "the trailer retry-after-ms is missing");

    private async Task CancelUnknownAsync(CancellationToken cancellationToken)
    {
        const string rule = "cancelling an unknown call is OK and finds nothing";
        try
        {
            var answer = await target.CancelAsync("conformance/never-made", cancellationToken);
            report.Add(Process, rule, answer.Found ? "it says that it found the call" : null);
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            report.Add(Process, rule, $"{exception.StatusCode}: {StatusText.Of(exception.Status)}");
        }
    }

    private async Task DrainAsync(AgentDescriptor agent, CancellationToken cancellationToken)
    {
        const string rule = "after SIGTERM new calls are refused with UNAVAILABLE";
        if (options.DrainPid is not { } pid || OperatingSystem.IsWindows())
        {
            report.Skip(Process, rule, "give --drain-pid to check it");
            return;
        }

        if (Kill(pid, Terminate) != 0)
        {
            report.Add(Process, rule, $"there is no process {pid}, or it may not be stopped");
            return;
        }

        CallOutcome outcome;
        do
        {
            outcome = await target.CallAsync(agent.AgentId, "no-such-name", "{}", "drain", cancellationToken);
        }
        while (outcome.Status.StatusCode == StatusCode.NotFound);

        // The door may be shut already: nobody is left to say a word.
        report.Add(Process, rule, outcome.Status.StatusCode == StatusCode.Unavailable ? null : $"it was {outcome}");
    }

    private void Expect(string subject, string rule, StatusCode expected, CallOutcome outcome) =>
        report.Add(subject, rule, outcome.RefusalProblem(expected));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
