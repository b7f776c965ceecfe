using System.Collections.Immutable;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;

namespace Orchestrator.Runs;

/// <summary>One registered version of a plan.</summary>
internal sealed record PlanRecord(
    string Id, string Version, string ContentHash, string Text, string Description, string Actor, DateTimeOffset RegisteredAt);

/// <summary>The versions a tenant has registered, oldest first.</summary>
internal sealed record PlanIndex(ImmutableArray<PlanName> Plans);

/// <param name="ContentHash">Null in records written before it was kept here.</param>
/// <param name="Description">Cut.</param>
internal sealed record PlanName(string Id, string Version, string? ContentHash = null, string? Description = null);

/// <param name="Next">Where the next page begins; null when this was the last.</param>
internal sealed record PlanPage(ImmutableArray<PlanName> Plans, int? Next);

/// <summary>The plans of each tenant. A version never changes once it is registered.</summary>
internal sealed class PlanCatalogue(StateStore store)
{
    // The names of a tenant's plans are one record, read with every list.
    private const int MostVersions = 5_000;
    private const int LongestDescription = 200;

    public async Task RegisterAsync(string tenant, PlanRecord record, CancellationToken cancellationToken)
    {
        // A version that no index names could be neither found nor registered again.
        With(await store.ReadAsync<PlanIndex>(IndexKey(tenant), cancellationToken), NameOf(record));
        var key = Key(tenant, record.Id, record.Version);
        if (!await store.TryWriteAsync(key, record, "", cancellationToken)
            && await store.ReadAsync<PlanRecord>(key, cancellationToken) is { } known && known.ContentHash != record.ContentHash)
        {
            throw FailureException.AlreadyExists(
                $"Version '{record.Version}' of the plan '{record.Id}' is registered with another content.");
        }

        // Also when the version was known: the process may have died between the two writes.
        await store.ChangeAsync<PlanIndex>(IndexKey(tenant), index => With(index, NameOf(record)), cancellationToken);
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

    /// <summary>The plans without their texts, in the order of their registration.</summary>
    /// <param name="from">Place of the first, from 0.</param>
    public async Task<PlanPage> ListAsync(string tenant, int from, int size, CancellationToken cancellationToken)
    {
        var names = await NamesAsync(tenant, cancellationToken);
        var first = Math.Clamp(from, 0, names.Length);
        var count = Math.Min(size, names.Length - first);
        var page = names.Slice(first, count).ToBuilder();
        for (var i = 0; i < page.Count; i++)
        {
            // Registered before the index knew more than names.
            if (page[i].ContentHash is null
                && await store.ReadAsync<PlanRecord>(Key(tenant, page[i].Id, page[i].Version), cancellationToken) is { } plan)
            {
                page[i] = NameOf(plan);
            }
        }

        return new PlanPage(page.ToImmutable(), first + count < names.Length ? first + count : null);
    }

    /// <summary>Splits <c>name</c> or <c>name@version</c>.</summary>
    public static (string Id, string? Version) Split(string reference)
    {
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (reference, null) : (reference[..at], reference[(at + 1)..]);
    }

    private async Task<ImmutableArray<PlanName>> NamesAsync(string tenant, CancellationToken cancellationToken) =>
        (await store.ReadAsync<PlanIndex>(IndexKey(tenant), cancellationToken))?.Plans ?? [];

    private static PlanName NameOf(PlanRecord record) => new(
        record.Id,
        record.Version,
        record.ContentHash,
        record.Description.Length > LongestDescription ? record.Description[..LongestDescription] : record.Description);

    private static PlanIndex With(PlanIndex? index, PlanName name)
    {
        var plans = index?.Plans ?? [];
        if (plans.Any(known => known.Id == name.Id && known.Version == name.Version))
        {
            return index!;
        }

        return plans.Length < MostVersions
            ? new PlanIndex(plans.Add(name))
            : throw new FailureException(
                FailureMapping.Create(FailureCode.FailedPrecondition, $"A tenant has at most {MostVersions} versions of plans."));
    }

    private static string IndexKey(string tenant) => $"plans/{tenant}";

    private static string Key(string tenant, string id, string version) => $"plans/{tenant}/{id}/{version}";
}
