using System.Text.Json;

namespace Dapr.Common.Serialization;

/// <summary>JSON, by default with the web options plus fields, so that tuples and field-only types survive.</summary>
/// <param name="options">How to write and read.</param>
public sealed class JsonDaprSerializer(JsonSerializerOptions options) : IDaprSerializer
{
    /// <summary>Uses the default options.</summary>
    public JsonDaprSerializer() : this(new JsonSerializerOptions(JsonSerializerDefaults.Web) { IncludeFields = true })
    {
    }

    /// <inheritdoc />
    public string Serialize<T>(T? value) => value is null ? "" : JsonSerializer.Serialize(value, options);

    /// <inheritdoc />
    public string Serialize(object? value, Type? inputType = null) =>
        value is null ? "" : JsonSerializer.Serialize(value, inputType ?? value.GetType(), options);

    /// <inheritdoc />
    public T? Deserialize<T>(string? data) => string.IsNullOrEmpty(data) ? default : JsonSerializer.Deserialize<T>(data, options);

    /// <inheritdoc />
    public object? Deserialize(string? data, Type returnType) =>
        string.IsNullOrEmpty(data) ? null : JsonSerializer.Deserialize(data, returnType, options);
}
