using System.Collections.Immutable;
using Google.Protobuf;
using Orchestration.Contracts.Agents;
using Orchestration.Domain.Budgets;
using Orchestration.Hosting.Errors;
using Failure = Orchestration.Domain.Failures.Failure;
using FailureClass = Orchestration.Domain.Failures.FailureClass;

namespace Orchestrator.Agents;

/// <summary>The agent contract and our own records.</summary>
internal static class AgentMapping
{
    // Costs stand in the history of the run, twice.
    private const int MostCosts = 4;
    private const int LongestName = 64;

    public static ExecuteRequest ToProto(this AgentCall call, string agentId) => new()
    {
        Tenant = call.Tenant,
        RunId = call.RunId,
        RootRunId = call.RootRunId,
        StepId = call.StepId,
        Attempt = call.Attempt,
        AgentId = agentId,
        Skill = call.Action,
        Input = UnsafeByteOperations.UnsafeWrap(call.Input),
        IdempotencyKey = call.IdempotencyKey,
    };

    /// <summary>
    /// What a step has cost as one of its attempts reports it, each call once. Many calls are summed up by model under the number of
    /// the first, those of each attempt by themselves; nothing is left out.
    /// </summary>
    /// <param name="attempt">The one that reports them.</param>
    public static ImmutableArray<CallCost> ToDomain(this IEnumerable<Cost> costs, int attempt)
    {
        var calls = costs.Select(cost => ToDomain(cost, attempt)).DistinctBy(cost => (cost.Attempt, cost.Call)).ToList();
        if (calls.Count > MostCosts)
        {
            calls = [.. calls.GroupBy(call => (call.Attempt, call.Provider, call.Model)).Select(Sum)];
        }

        if (calls.Count <= MostCosts)
        {
            return [.. calls];
        }

        // The calls of one attempt are told once, by their number: a sum over two attempts would count for one of them only.
        var attempts = calls.GroupBy(call => call.Attempt).ToList();
        var most = Math.Max(1, MostCosts / attempts.Count);
        return [.. attempts.SelectMany(made => Fold([.. made], most))];
    }

    public static Failure ToDomain(this Orchestration.Contracts.Agents.Failure failure) => new(
        failure.Code.Length > 0 ? failure.Code : "agent_error",
        failure.FailureClass switch
        {
            Orchestration.Contracts.Agents.FailureClass.Transient => FailureClass.Transient,
            Orchestration.Contracts.Agents.FailureClass.Permanent => FailureClass.Permanent,
            Orchestration.Contracts.Agents.FailureClass.Business => FailureClass.Business,
            _ => FailureClass.System,
        },
        failure.Message,
        failure.Retryable,
        failure.RetryAfterMs > 0 ? FailureMapping.DelayOf(failure.RetryAfterMs) : null);

    /// <summary>What is said meanwhile; null for the messages that end a call and for signs of life.</summary>
    public static AgentLive? ToLive(this ExecuteResponse message) => message.EventCase switch
    {
        ExecuteResponse.EventOneofCase.Progress => new AgentLive.Progress(message.Progress.Percent, message.Progress.Message),
        ExecuteResponse.EventOneofCase.Insight => new AgentLive.Insight(message.Insight.Type, message.Insight.Data.Memory),
        ExecuteResponse.EventOneofCase.Token => new AgentLive.Token(message.Token.Text),
        _ => null,
    };

    private static CallCost ToDomain(Cost cost, int attempt) => new(
        cost.Call,
        Cut(cost.Provider),
        Cut(cost.Model),
        Math.Max(0, cost.InputTokens),
        Math.Max(0, cost.OutputTokens),
        Math.Max(0, cost.Nanos),
        cost.Attempt > 0 && cost.Attempt < attempt ? cost.Attempt : 0);

    private static CallCost Sum(IEnumerable<CallCost> calls) => calls.Aggregate((sum, call) => sum with
    {
        InputTokens = Add(sum.InputTokens, call.InputTokens),
        OutputTokens = Add(sum.OutputTokens, call.OutputTokens),
        Nanos = Add(sum.Nanos, call.Nanos),
    });

    private static List<CallCost> Fold(List<CallCost> calls, int most) => calls.Count <= most
        ? calls
        : [.. calls.Take(most - 1), Sum(calls.Skip(most - 1)) with { Provider = "", Model = "" }];

    private static long Add(long some, long more) => some > long.MaxValue - more ? long.MaxValue : some + more;

    private static string Cut(string name) => name.Length <= LongestName ? name : name[..LongestName];
}
