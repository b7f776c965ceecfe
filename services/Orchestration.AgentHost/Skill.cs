using System.Text.Json;
using Orchestration.AgentHost.Schemas;
using Orchestration.Hosting.Errors;

namespace Orchestration.AgentHost;

/// <summary>One thing an agent can do. Derive from <see cref="Skill{TInput, TOutput}"/>.</summary>
public abstract class Skill
{
    private protected Skill() { }

    /// <summary>Name of the action, as plans write it: letters, digits, '-', '_' and '.', at most 64 characters.</summary>
    public abstract string Name { get; }

    /// <summary>What it does, in a sentence; shown in the registry and given to planners.</summary>
    public virtual string Description => "";

    /// <summary>
    /// True when the skill writes through <see cref="SkillContext.SetState"/> or has other effects that must not happen
    /// twice. The host then remembers the result of a successful call and returns it when the call is repeated.
    /// </summary>
    public virtual bool HasEffects => false;

    internal abstract SkillSchema InputSchema { get; }

    internal abstract SkillSchema OutputSchema { get; }

    internal abstract Task<byte[]> RunAsync(JsonElement input, SkillContext context, CancellationToken cancellationToken);
}

/// <summary>
/// One thing an agent can do, from an input record to an output record. One object serves all calls, several at once: keep
/// no state of a call in it.
/// </summary>
/// <typeparam name="TInput">A record; its JSON Schema is derived from it and inputs are checked against it before the skill sees
/// them.</typeparam>
/// <typeparam name="TOutput">A record; its JSON Schema is derived from it.</typeparam>
public abstract class Skill<TInput, TOutput> : Skill
{
    internal override SkillSchema InputSchema { get; } = SkillSchema.Of<TInput>();

    internal override SkillSchema OutputSchema { get; } = SkillSchema.Of<TOutput>();

    /// <summary>Does the work.</summary>
    /// <param name="input">Matches the schema.</param>
    /// <param name="context">The call it is done for, and what the work may say and write meanwhile.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the result any more.</param>
    /// <exception cref="SkillException">The work cannot be done; anything else that is thrown counts as a bug of the agent.</exception>
    public abstract Task<TOutput> ExecuteAsync(TInput input, SkillContext context, CancellationToken cancellationToken);

    internal override async Task<byte[]> RunAsync(JsonElement input, SkillContext context, CancellationToken cancellationToken)
    {
        var output = await ExecuteAsync(Read(input), context, cancellationToken);
        return JsonSerializer.SerializeToUtf8Bytes(output, SkillJson.Options);
    }

    private static TInput Read(JsonElement input)
    {
        try
        {
            return input.Deserialize<TInput>(SkillJson.Options)!;
        }
        catch (JsonException exception)
        {
            // Formats, such as dates, are not part of the schema check.
            throw FailureException.InvalidArgument($"The input does not fit: {exception.Message}");
        }
    }
}
