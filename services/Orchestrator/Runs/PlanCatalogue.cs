using System.Collections.Immutable;
using Orchestration.Hosting.Errors;

namespace Orchestrator.Runs;

/// <summary>One registered version of a plan.</summary>
internal sealed record PlanRecord(string Id, string Version, string ContentHash, string Text, string Description, string Actor, DateTimeOffset RegisteredAt);

/// <summary>The versions a tenant has registered, oldest first.</summary>
internal sealed record PlanIndex(ImmutableArray<PlanName> Plans);

internal sealed record PlanName(string Id, string Version);

/// <summary>The plans of each tenant. A version never changes once it is registered.</summary>
internal sealed class PlanCatalogue(StateStore store)
{
    public async Task RegisterAsync(string tenant, PlanRecord record, CancellationToken cancellationToken)
    {
        var key = Key(tenant, record.Id, record.Version);
        if (!await store.TryWriteAsync(key, record, "", cancellationToken)
            && await store.ReadAsync<PlanRecord>(key, cancellationToken) is { } known && known.ContentHash != record.ContentHash)
        {
            throw FailureException.AlreadyExists($"Version '{record.Version}' of the plan '{record.Id}' is registered with another content.");
        }

        // Also when the version was known: the process may have died between the two writes.
        await store.ChangeAsync<PlanIndex>(IndexKey(tenant), index => With(index, new PlanName(record.Id, record.Version)), cancellationToken);
    }

    /// <param name="version">Null or empty means the one registered last.</param>
    public async Task<PlanRecord?> FindAsync(string tenant, string id, string? version, CancellationToken cancellationToken)
    {
        var wanted = version;
        if (string.IsNullOrEmpty(wanted))
        {
            wanted = (await NamesAsync(tenant, cancellationToken)).LastOrDefault(name => name.Id == id)?.Version;
        }

        return wanted is null ? null : await store.ReadAsync<PlanRecord>(Key(tenant, id, wanted), cancellationToken);
    }

    public async Task<ImmutableArray<PlanRecord>> ListAsync(string tenant, CancellationToken cancellationToken)
    {
        var plans = ImmutableArray.CreateBuilder<PlanRecord>();
        foreach (var name in await NamesAsync(tenant, cancellationToken))
        {
            if (await store.ReadAsync<PlanRecord>(Key(tenant, name.Id, name.Version), cancellationToken) is { } plan)
            {
                plans.Add(plan);
            }
        }

        return plans.ToImmutable();
    }

    /// <summary>Splits <c>name</c> or <c>name@version</c>.</summary>
    public static (string Id, string? Version) Split(string reference)
    {
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (reference, null) : (reference[..at], reference[(at + 1)..]);
    }

    private async Task<ImmutableArray<PlanName>> NamesAsync(string tenant, CancellationToken cancellationToken) =>
        (await store.ReadAsync<PlanIndex>(IndexKey(tenant), cancellationToken))?.Plans ?? [];

    private static PlanIndex With(PlanIndex? index, PlanName name) =>
        index is null ? new PlanIndex([name]) : index.Plans.Contains(name) ? index : new PlanIndex(index.Plans.Add(name));

    private static string IndexKey(string tenant) => $"plans/{tenant}";

    private static string Key(string tenant, string id, string version) => $"plans/{tenant}/{id}/{version}";
}
