using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Plans;
using Orchestration.Hosting.Blobs;

namespace Orchestrator.Blobs;

/// <summary>
/// Frozen plans, by the hash of their bytes. A plan is written once however many runs it has, and read once by each replica.
/// </summary>
internal sealed class PlanStore(BlobStore blobs, IMemoryCache cache, TimeProvider clock)
{
    private const string Collection = "plans";

    // Written again before its time to live can end under a run that has just begun.
    private static readonly TimeSpan RewrittenAfter = BlobStore.TimeToLive / 10;
    private static readonly TimeSpan CachedFor = TimeSpan.FromHours(1);

    /// <returns>SHA-256 of the frozen plan, base64url.</returns>
    public async Task<string> KeepAsync(string tenant, Plan plan, CancellationToken cancellationToken)
    {
        var content = Encoding.UTF8.GetBytes(PlanJson.Write(plan));
        var hash = Base64Url.EncodeToString(SHA256.HashData(content));
        if (cache.TryGetValue(Key(tenant, hash), out Kept? known) && clock.GetUtcNow() - known!.Written < RewrittenAfter)
        {
            return hash;
        }

        await blobs.WriteAsync(tenant, Collection, content, cancellationToken);
        Remember(tenant, hash, new Kept(plan, content.Length, clock.GetUtcNow()));
        return hash;
    }

    /// <summary>The plan at a path within a frozen plan.</summary>
    public async Task<Plan> ReadAsync(string tenant, string hash, string? path, CancellationToken cancellationToken)
    {
        if (!cache.TryGetValue(Key(tenant, hash), out Kept? known))
        {
            var content = await ReadContentAsync(tenant, hash, cancellationToken);
            known = new Kept(PlanJson.Read(Encoding.UTF8.GetString(content)), content.Length, DateTimeOffset.MinValue);
            Remember(tenant, hash, known);
        }

        return PlanPath.Find(known!.Plan, path ?? "");
    }

    /// <summary>The hash as callers see it: lower-case hex.</summary>
    public static string ToPublic(string hash) => Convert.ToHexStringLower(Base64Url.DecodeFromChars(hash));

    private static string Key(string tenant, string hash) => $"plan/{tenant}/{hash}";

    private async Task<byte[]> ReadContentAsync(string tenant, string hash, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await foreach (var chunk in blobs.ReadChunksAsync(tenant, $"{Collection}/{ToPublic(hash)}", cancellationToken))
        {
            content.Write(chunk.Span);
        }

        return content.ToArray();
    }

    private void Remember(string tenant, string hash, Kept plan) =>
        cache.Set(Key(tenant, hash), plan, new MemoryCacheEntryOptions { SlidingExpiration = CachedFor, Size = plan.Size });

    private sealed record Kept(Plan Plan, int Size, DateTimeOffset Written);
}
