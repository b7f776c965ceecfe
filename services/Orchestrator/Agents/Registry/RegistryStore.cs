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

    private static readonly StateOptions IfUnchanged = new() { Concurrency = ConcurrencyMode.FirstWrite, Consistency = ConsistencyMode.Strong };

    private static readonly Dictionary<string, string> ShortLived = new()
    {
        ["ttlInSeconds"] = TimeSpan.FromMinutes(1).TotalSeconds.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Changes the index; the change is made again on what another replica has written meanwhile.</summary>
    /// <param name="change">Returns its argument when there is nothing to change.</param>
    public async Task<RegistryIndex> ChangeIndexAsync(Func<RegistryIndex, RegistryIndex> change, CancellationToken cancellationToken)
    {
        for (var i = 0; i < IndexTries; i++)
        {
            var (index, etag) = await ReadIndexAsync(cancellationToken);
            var changed = change(index);
            if (ReferenceEquals(changed, index)
                || await dapr.TrySaveByteStateAsync(
                    Component, IndexKey, JsonSerializer.SerializeToUtf8Bytes(changed, JsonSerializerOptions.Web), etag, IfUnchanged, cancellationToken: cancellationToken))
            {
                return changed;
            }
        }

        throw new FailureException(FailureMapping.Create(FailureCode.Conflict, "The agent registry is changed by too many at once."));
    }

    /// <summary>Stores what a process offers; returns its hash.</summary>
    /// <param name="isKnown">True for a hash that is stored already.</param>
    public async Task<string> WriteDescriptorsAsync(IEnumerable<AgentDescriptor> agents, Func<string, bool> isKnown, CancellationToken cancellationToken)
    {
        var content = new DescribeResponse { Agents = { agents } }.ToByteArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (!isKnown(hash))
        {
            await dapr.SaveByteStateAsync(Component, DescriptorsKey(hash), content, cancellationToken: cancellationToken);
        }

        return hash;
    }

    public async Task<ImmutableArray<AgentDescriptor>> ReadDescriptorsAsync(string hash, CancellationToken cancellationToken)
    {
        var content = await dapr.GetByteStateAsync(Component, DescriptorsKey(hash), cancellationToken: cancellationToken);
        return [.. DescribeResponse.Parser.ParseFrom(content.Span).Agents];
    }

    public Task WriteBeatAsync(BeatRecord beat, CancellationToken cancellationToken) => dapr.SaveByteStateAsync(
        Component,
        BeatKey(new InstanceKey(beat.AppId, beat.InstanceId)),
        JsonSerializer.SerializeToUtf8Bytes(beat, JsonSerializerOptions.Web),
        metadata: ShortLived,
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

    private async Task<(RegistryIndex Index, string Etag)> ReadIndexAsync(CancellationToken cancellationToken)
    {
        var (content, etag) = await dapr.GetByteStateAndETagAsync(Component, IndexKey, ConsistencyMode.Strong, cancellationToken: cancellationToken);
        return content.Length == 0
            ? (RegistryIndex.Empty, "")
            : (JsonSerializer.Deserialize<RegistryIndex>(content.Span, JsonSerializerOptions.Web)!, etag);
    }
}
