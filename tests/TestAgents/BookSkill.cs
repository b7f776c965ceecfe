using Orchestration.AgentHost;

namespace TestAgents;

/// <summary>
/// Has two effects: counts itself in the agent's own state, and books in an external ledger. Once per step, whatever dies when.
/// </summary>
public sealed class BookSkill(IHttpClientFactory clients, TimeProvider time) : Skill<BookInput, BookOutput>
{
    public override string Name => "book";

    public override bool HasEffects => true;

    public override async Task<BookOutput> ExecuteAsync(BookInput input, SkillContext context, CancellationToken cancellationToken)
    {
        var key = BookedSkill.StateKey(input.Account);
        var booked = await context.GetStateAsync<Booked>(key, cancellationToken);
        context.SetState(key, new Booked((booked?.Count ?? 0) + 1));
        await Task.Delay(TimeSpan.FromMilliseconds(input.Milliseconds), time, cancellationToken);
        if (input.Ledger is not null)
        {
            using var client = clients.CreateClient();
            using var answer = await client.PostAsJsonAsync(
                input.Ledger, new LedgerEntry(context.Call.IdempotencyKey, input.Account), cancellationToken);
            answer.EnsureSuccessStatusCode();
        }

        return new BookOutput(context.Call.IdempotencyKey);
    }
}

/// <summary>Tells how often an account was booked.</summary>
public sealed class BookedSkill : Skill<BookedInput, Booked>
{
    public override string Name => "booked";

    public override async Task<Booked> ExecuteAsync(BookedInput input, SkillContext context, CancellationToken cancellationToken)
        => await context.GetStateAsync<Booked>(StateKey(input.Account), cancellationToken) ?? new Booked(0);

    internal static string StateKey(string account) => $"booked/{account}";
}

/// <param name="Account">What is booked on; the test uses one account for every step.</param>
/// <param name="Milliseconds">Time between reading the count and the effects, so that a kill can hit in between.</param>
/// <param name="Ledger">Where the external ledger listens; null means none.</param>
public sealed record BookInput(string Account, int Milliseconds = 0, Uri? Ledger = null);

public sealed record BookOutput(string Key);

public sealed record BookedInput(string Account);

public sealed record Booked(int Count);

/// <param name="Key">The step's idempotency key: an entry with a known key is not booked again.</param>
public sealed record LedgerEntry(string Key, string Account);
