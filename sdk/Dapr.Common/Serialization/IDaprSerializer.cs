namespace Dapr.Common.Serialization;

/// <summary>Turns values into text and back.</summary>
public interface IDaprSerializer
{
    /// <summary>The text of a value; empty for null.</summary>
    string Serialize<T>(T? value);

    /// <summary>The text of a value, seen as <paramref name="inputType"/> or else its own type; empty for null.</summary>
    string Serialize(object? value, Type? inputType = null);

    /// <summary>The value of a text; the default of the type for null and empty.</summary>
    T? Deserialize<T>(string? data);

    /// <summary>The value of a text; null for null and empty.</summary>
    object? Deserialize(string? data, Type returnType);
}
