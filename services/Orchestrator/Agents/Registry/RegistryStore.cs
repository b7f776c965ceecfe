using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Dapr.Client;
using Google.Protobuf;
using Orchestration.Contracts.Agents;
using Orchestration.Hosting.Errors;
using Orchestrator.Runs;

namespace Orchestrator.Agents.Registry;

/// <summary>The registry's records in the state store: an index, the descriptors by their hash, one beat per instance.</summary>
internal sealed class RegistryStore(DaprClient dapr, StateStore records)
{
    private const string Component = StateStore.Component;
    private const string IndexKey = "agents/index";

    // Every replica reads it every second.
    private const int LargestIndex = 1 << 20;

    private static readonly Dictionary<string, string> BeatLife = LifeOf(TimeSpan.FromMinutes(1));

    // Longer than an app without instances stays known, by more than it takes to write them again.
    private static readonly Dictionary<string, string> DescriptorsLife = LifeOf(AgentRegistry.ForgetAppAfter + TimeSpan.FromDays(2));

    /// <summary>Changes the index; the change is made again on what another replica has written meanwhile.</summary>
    /// <param name="change">Returns its argument when there is nothing to change.</param>
    public Task<RegistryIndex> ChangeIndexAsync(Func<RegistryIndex, RegistryIndex> change, CancellationToken cancellationToken) =>
        records.ChangeAsync<RegistryIndex>(
            IndexKey,
            known =>
            {
                var index = known ?? RegistryIndex.Empty;
                var changed = change(index);
                return ReferenceEquals(changed, index) || SizeOf(changed) <= Math.Max(LargestIndex, SizeOf(index))
                    ? changed
                    : throw FailureException.Saturated(
                        "The agent registry is full; nothing more is registered.", RegistryBounds.RetryAfter);
            },
            cancellationToken);

    /// <summary>Names what a process offers.</summary>
    public static string HashOf(IEnumerable<AgentDescriptor> agents) => Convert.ToHexStringLower(SHA256.HashData(ContentOf(agents)));

    public Task WriteDescriptorsAsync(string hash, IEnumerable<AgentDescriptor> agents, CancellationToken cancellationToken) =>
        dapr.SaveByteStateAsync(
            Component, DescriptorsKey(hash), ContentOf(agents), metadata: DescriptorsLife, cancellationToken: cancellationToken);

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
        return [.. items.Where(item => !string.IsNullOrEmpty(item.Value))
            .Select(item => JsonSerializer.Deserialize<BeatRecord>(item.Value, JsonSerializerOptions.Web)!)];
    }

    private static string DescriptorsKey(string hash) => $"agents/descriptors/{hash}";

    private static string BeatKey(InstanceKey instance) => $"agents/beats/{instance.AppId}/{instance.InstanceId}";

    private static byte[] ContentOf(IEnumerable<AgentDescriptor> agents) => new DescribeResponse { Agents = { agents } }.ToByteArray();

    private static Dictionary<string, string> LifeOf(TimeSpan life) =>
        new() { ["ttlInSeconds"] = life.TotalSeconds.ToString(CultureInfo.InvariantCulture) };

    private static int SizeOf(RegistryIndex index) => JsonSerializer.SerializeToUtf8Bytes(index, JsonSerializerOptions.Web).Length;
}
