namespace Sidecar.Resources;

/// <summary>One entry of a component's metadata: a value, or where to find it.</summary>
internal sealed record MetadataItem(string Name, string? Value, string? SecretName, string? SecretKey);

/// <summary>A Dapr component as written in its file.</summary>
internal sealed record Component(string Name, string Type, IReadOnlyList<MetadataItem> Metadata)
{
    public required string File { get; init; }

    /// <summary>Apps that may use it; empty means all.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string? SecretStore { get; init; }

    public bool IgnoreErrors { get; init; }

    public bool IsFor(string appId) => Scopes.Count == 0 || Scopes.Contains(appId);

    /// <summary>Names are compared without regard to case.</summary>
    public string? this[string name] => Metadata.FirstOrDefault(item => item.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    public string Required(string name) => this[name] is { Length: > 0 } value
        ? value
        : throw Problem($"spec.metadata '{name}' is missing");

    public bool Flag(string name) => this[name] is { } text && YamlMap.IsTrue(text);

    public ConfigurationException Problem(string message) => new($"{File}: component '{Name}': {message}");
}

/// <summary>A path for the events that a rule lets through; no <paramref name="Match"/> means all.</summary>
internal sealed record RouteRule(string? Match, string Path);

/// <summary>Whether and how events are handed over several at a time.</summary>
internal sealed record BulkOptions(int MaxMessages, TimeSpan MaxAwait)
{
    public static BulkOptions Default { get; } = new(100, TimeSpan.FromSeconds(1));
}

/// <summary>One app's interest in one topic.</summary>
internal sealed record Subscription(string PubSub, string Topic, IReadOnlyList<RouteRule> Routes)
{
    public string? DeadLetterTopic { get; init; }
    public BulkOptions? Bulk { get; init; }
    public bool RawPayload { get; init; }

    /// <summary>Apps it is for; empty means all.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];
    public bool Declarative { get; init; }

    /// <summary>Where its events go when the app opened it as a stream.</summary>
    public PubSub.EventStream? Stream { get; init; }
}

/// <summary>Everything read from the resource folders.</summary>
internal sealed record ResourceSet(
    IReadOnlyList<Component> Components, IReadOnlyList<Subscription> Subscriptions, IReadOnlyList<string> Resiliencies);
