using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Dapr.Client;
using Google.Protobuf;
using Orchestration.Contracts.Agents;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;

namespace Orchestrator.Agents.Registry;

/// <summary>The registry's records in the state store: an index, the descriptors by their hash, one beat per instance.</summary>
internal sealed class RegistryStore(DaprClient dapr)
{
    private const string Component = "statestore";
    private const string IndexKey = "agents/index";
    private const int IndexTries = 20;

    // Every replica reads it every second.
    private const int LargestIndex = 1 << 20;

    private static readonly StateOptions IfUnchanged = new() { Concurrency = ConcurrencyMode.FirstWrite, Consistency = ConsistencyMode.Strong };

    private static readonly Dictionary<string, string> BeatLife = LifeOf(TimeSpan.FromMinutes(1));

    // Longer than an app without instances stays known, by more than it takes to write them again.
    private static readonly Dictionary<string, string> DescriptorsLife = LifeOf(AgentRegistry.ForgetAppAfter + TimeSpan.FromDays(2));

    /// <summary>Changes the index; the change is made again on what another replica has written meanwhile.</summary>
    /// <param name="change">Returns its argument when there is nothing to change.</param>
    public async Task<RegistryIndex> ChangeIndexAsync(Func<RegistryIndex, RegistryIndex> change, CancellationToken cancellationToken)
    {
        for (var i = 0; i < IndexTries; i++)
        {
            var (content, etag) = await dapr.GetByteStateAndETagAsync(Component, IndexKey, ConsistencyMode.Strong, cancellationToken: cancellationToken);
            var index = content.Length == 0 ? RegistryIndex.Empty : JsonSerializer.Deserialize<RegistryIndex>(content.Span, JsonSerializerOptions.Web)!;
            var changed = change(index);
            if (ReferenceEquals(changed, index))
            {
                return index;
            }

            var written = JsonSerializer.SerializeToUtf8Bytes(changed, JsonSerializerOptions.Web);
            if (written.Length > LargestIndex && written.Length > content.Length)
            {
                throw FailureException.Saturated("The agent registry is full; nothing more is registered.", RegistryBounds.RetryAfter);
            }

            if (await dapr.TrySaveByteStateAsync(
                Component, IndexKey, written, content.Length == 0 ? "" : etag, IfUnchanged, cancellationToken: cancellationToken))
            {
                return changed;
            }
        }

        throw new FailureException(FailureMapping.Create(FailureCode.Conflict, "The agent registry is changed by too many at once."));
    }

    /// <summary>Names what a process offers.</summary>
    public static string HashOf(IEnumerable<AgentDescriptor> agents) => Convert.ToHexStringLower(SHA256.HashData(ContentOf(agents)));

    public Task WriteDescriptorsAsync(string hash, IEnumerable<AgentDescriptor> agents, CancellationToken cancellationToken) =>
        dapr.SaveByteStateAsync(Component, DescriptorsKey(hash), ContentOf(agents), metadata: DescriptorsLife, cancellationToken: cancellationToken);

    /// <summary>Empty when there is no such record.</summary>
    public async Task<ImmutableArray<AgentDescriptor>> ReadDescriptorsAsync(string hash, CancellationToken cancellationToken)
    {
        var content = await dapr.GetByteStateAsync(Component, DescriptorsKey(hash), cancellationToken: cancellationToken);
        return [.. DescribeResponse.Parser.ParseFrom(content.Span).Agents];
    }

    public Task WriteBeatAsync(BeatRecord beat, CancellationToken cancellationToken) => dapr.SaveByteStateAsync(
        Component,
        BeatKey(new InstanceKey(beat.AppId, beat.InstanceId)),
        JsonSerializer.SerializeToUtf8Bytes(beat, JsonSerializerOptions.Web),
        metadata: BeatLife,
        cancellationToken: cancellationToken);

    /// <summary>The beats there are; an instance without one is missing in the answer.</summary>
    public async Task<IReadOnlyList<BeatRecord>> ReadBeatsAsync(IEnumerable<InstanceKey> instances, CancellationToken cancellationToken)
    {
        string[] keys = [.. instances.Select(BeatKey)];
        if (keys.Length == 0)
        {
            return [];
        }

        var items = await dapr.GetBulkStateAsync(Component, keys, parallelism: null, cancellationToken: cancellationToken);
        return [.. items.Where(item => !string.IsNullOrEmpty(item.Value)).Select(item => JsonSerializer.Deserialize<BeatRecord>(item.Value, JsonSerializerOptions.Web)!)];
    }

    private static string DescriptorsKey(string hash) => $"agents/descriptors/{hash}";

    private static string BeatKey(InstanceKey instance) => $"agents/beats/{instance.AppId}/{instance.InstanceId}";

    private static byte[] ContentOf(IEnumerable<AgentDescriptor> agents) => new DescribeResponse { Agents = { agents } }.ToByteArray();

    private static Dictionary<string, string> LifeOf(TimeSpan life) =>
        new() { ["ttlInSeconds"] = life.TotalSeconds.ToString(CultureInfo.InvariantCulture) };
}
