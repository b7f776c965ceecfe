namespace Orchestration.Domain.Expressions;

/// <summary>Makes maps.</summary>
internal static class CelMaps
{
    internal static EntriesMap Of(params ReadOnlySpan<(string Name, CelValue Value)> entries)
    {
        var map = new OrderedDictionary<CelValue, (CelValue, CelValue)>(entries.Length);
        foreach ((string name, CelValue value) in entries)
        {
            var key = new StringValue(name);
            map[key] = (key, value);
        }

        return new EntriesMap(map);
    }

    /// <summary>The map with one more entry, or why it cannot have it.</summary>
    internal static ErrorValue? Add(OrderedDictionary<CelValue, (CelValue Key, CelValue Value)> map, CelValue key, CelValue value)
    {
        if (key is DoubleValue || MapValue.Normalize(key) is not { } normal)
        {
            return new ErrorValue($"unsupported key type: {key.TypeName}");
        }

        return map.TryAdd(normal, (key, value)) ? null : new ErrorValue($"repeated key: {CelJson.ToText(key)}");
    }
}
