using System.Globalization;
using Dapr;
using Dapr.Client;
using Google.Protobuf;
using Grpc.Core;
using Orchestration.Contracts.Agents;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;

namespace Orchestration.AgentHost.Execution;

/// <summary>
/// Makes effects happen once: what a call writes is committed in one transaction with the claim of its idempotency key, and
/// the claim holds the result. Only success is remembered; a failed call may be repeated.
/// </summary>
internal sealed class EffectStore(DaprClient dapr)
{
    /// <summary>Name of the state component; its keys are prefixed with the app id.</summary>
    public const string Component = "statestore";

    // The first writer of a claim wins; for everybody else the whole transaction fails.
    private static readonly StateOptions IfAbsent =
        new() { Concurrency = ConcurrencyMode.FirstWrite, Consistency = ConsistencyMode.Strong };

    // Longer than any run is repeated.
    private static readonly Dictionary<string, string> Kept = new()
    {
        ["ttlInSeconds"] = TimeSpan.FromDays(30).TotalSeconds.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What a call may write, in the place of its tenant and agent.</summary>
    public StagedState Stage(string tenant, string agentId, bool writable) => new(dapr, $"state/{tenant}/{agentId}", writable);

    /// <summary>The result of the call when it was done before, else null.</summary>
    public async Task<Result?> FindAsync(string tenant, string idempotencyKey, CancellationToken cancellationToken)
    {
        var claim = await dapr.GetByteStateAsync(
            Component, ClaimKey(tenant, idempotencyKey), ConsistencyMode.Strong, cancellationToken: cancellationToken);
        return claim.Length == 0 ? null : Result.Parser.ParseFrom(claim.Span);
    }

    /// <summary>
    /// Commits the writes of a call and its result; returns the result that counts, which is another one when the call had been
    /// done already. What this call has cost is in it all the same: it was paid.
    /// </summary>
    /// <exception cref="SkillException">Nothing was written: a value was changed by another call, or the store failed.</exception>
    public async Task<Result> CommitAsync(
        string tenant, string idempotencyKey, StagedState state, Result result, CancellationToken cancellationToken)
    {
        var claim = new StateTransactionRequest(
            ClaimKey(tenant, idempotencyKey), result.ToByteArray(), StateOperationType.Upsert, metadata: Kept, options: IfAbsent);
        try
        {
            await dapr.ExecuteStateTransactionAsync(Component, [claim, .. state.Operations()], cancellationToken: cancellationToken);
            return result;
        }
        catch (DaprException exception)
        {
            // Whatever the error says, the claim says whether the call is done: also when only the answer was lost.
            return await FindAsync(tenant, idempotencyKey, cancellationToken) is { } remembered
                ? WithCosts(remembered, result)
                : throw Failed(exception);
        }
    }

    private static Result WithCosts(Result remembered, Result own)
    {
        if (remembered.Equals(own))
        {
            return remembered;
        }

        var both = remembered.Clone();
        foreach (var cost in own.Costs)
        {
            // The same attempt, made twice, has paid twice: its calls are other calls.
            var taken = remembered.Costs.Where(other => other.Attempt == cost.Attempt).Select(other => other.Call).DefaultIfEmpty(0).Max();
            both.Costs.Add(new Cost(cost) { Call = cost.Call + taken });
        }

        return both;
    }

    private static SkillException Failed(DaprException exception) => exception.InnerException switch
    {
        RpcException { StatusCode: StatusCode.Aborted } => SkillException.Transient(
            FailureCode.Conflict, "A value was changed by another call meanwhile.", innerException: exception),
        RpcException rpc => SkillException.Transient(
            "state_unavailable", $"The state store refused the write: {FailureMapping.CodeOf(rpc.StatusCode)}.", innerException: exception),
        _ => SkillException.Transient("state_unavailable", "The state store cannot be reached.", innerException: exception),
    };

    private static string ClaimKey(string tenant, string idempotencyKey) => $"effects/{tenant}/{idempotencyKey}";
}
