using Microsoft.Extensions.Logging;

namespace Orchestration.AgentHost;

/// <summary>
/// The call a skill works for. Safe to use from several threads. <see cref="Testing.InMemorySkillContext"/> stands in for it
/// in tests of skills.
/// </summary>
public abstract class SkillContext
{
    /// <summary>Ids of the call.</summary>
    public abstract SkillCall Call { get; }

    /// <summary>Logger whose messages carry the ids of the call.</summary>
    public abstract ILogger Logger { get; }

    /// <summary>Tells how far the work is.</summary>
    /// <param name="percent">0 to 100; a value below an earlier one is raised to it.</param>
    /// <param name="message">What is being done, in a few words.</param>
    public abstract Task ReportProgressAsync(double percent, string message, CancellationToken cancellationToken);

    /// <summary>Tells something that was noticed.</summary>
    /// <param name="type">What, for example "struggling_detected".</param>
    /// <param name="data">Written as JSON.</param>
    public abstract Task InsightAsync<T>(string type, T data, CancellationToken cancellationToken);

    /// <summary>Passes a piece of generated text on as it comes.</summary>
    public abstract Task TokenAsync(string text, CancellationToken cancellationToken);

    /// <summary>Reads content of the caller's tenant.</summary>
    /// <exception cref="SkillException">There is no such content.</exception>
    public abstract Task<byte[]> ReadBlobAsync(BlobReference reference, CancellationToken cancellationToken);

    /// <summary>
    /// Stores content with the run and returns what stands for it in an output. Storing the same content again is free of effects.
    /// </summary>
    public abstract Task<BlobReference> WriteBlobAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Reads a value the agent has stored for the caller's tenant, or null; sees what this call has set.</summary>
    /// <param name="key">Letters, digits, '-', '_', '.', ':' and '/', at most 256 characters.</param>
    public abstract Task<T?> GetStateAsync<T>(string key, CancellationToken cancellationToken) where T : class;

    /// <summary>
    /// Stores a value when, and only when, the skill succeeds: all values of a call are committed together with the mark that
    /// the call was done, so a repeated call changes nothing. A value that was read by this call and has been changed by
    /// another one meanwhile fails the call with the retryable failure "conflict".
    /// </summary>
    /// <inheritdoc cref="GetStateAsync" path="/param" />
    /// <exception cref="InvalidOperationException"><see cref="Skill.HasEffects"/> is false.</exception>
    public abstract void SetState<T>(string key, T value) where T : class;

    /// <summary>Removes a value, in the way <see cref="SetState"/> stores one.</summary>
    /// <inheritdoc cref="SetState" path="/exception" />
    public abstract void RemoveState(string key);

    /// <summary>Reports a paid call; it is settled with the result, also when the skill fails later.</summary>
    public abstract void AddCost(SkillCost cost);
}

/// <summary>Ids and limits of one call.</summary>
/// <param name="Tenant">On whose behalf the work is done.</param>
/// <param name="RunId">The run.</param>
/// <param name="RootRunId">Root of the run tree; equals <paramref name="RunId"/> for a top-level run.</param>
/// <param name="StepId">Step of the plan, with the item index for a repeated step.</param>
/// <param name="Attempt">Counted from 1.</param>
/// <param name="IdempotencyKey">The same for every attempt of the step: give it to external systems that take one.</param>
/// <param name="Allotment">What the call may spend; null means unlimited.</param>
public sealed record SkillCall(
    string Tenant, string RunId, string RootRunId, string StepId, int Attempt, string IdempotencyKey, SkillAllotment? Allotment);

/// <summary>What one call may spend.</summary>
/// <param name="Nanos">Money, in billionths of the price table's currency.</param>
/// <param name="Tokens">LLM tokens, input and output together.</param>
public sealed record SkillAllotment(long Nanos, long Tokens);

/// <summary>One paid call made by a skill.</summary>
/// <param name="Provider">Who is paid.</param>
/// <param name="Model">What was used.</param>
/// <param name="InputTokens">Tokens sent.</param>
/// <param name="OutputTokens">Tokens received.</param>
/// <param name="Nanos">Money, in billionths of the price table's currency.</param>
public sealed record SkillCost(string Provider, string Model, long InputTokens, long OutputTokens, long Nanos);
