using System.Text.Json.Serialization;

namespace Dapr;

/// <summary>A CloudEvents envelope; what it does not set, the sidecar fills in.</summary>
public class CloudEvent
{
    /// <summary>Who says it.</summary>
    [JsonPropertyName("source")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Uri? Source { get; set; }

    /// <summary>What happened.</summary>
    [JsonPropertyName("type")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; set; }

    /// <summary>What it happened to.</summary>
    [JsonPropertyName("subject")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Subject { get; set; }
}

/// <summary>A CloudEvents envelope with JSON data.</summary>
/// <param name="data">The data.</param>
public class CloudEvent<TData>(TData data) : CloudEvent
{
    /// <summary>The data.</summary>
    [JsonPropertyName("data")]
    public TData Data { get; } = data;

    /// <summary>Always JSON.</summary>
    [JsonPropertyName("datacontenttype")]
    public string DataContentType { get; } = "application/json";
}
