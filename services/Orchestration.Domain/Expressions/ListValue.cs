using System.Text.Json;

namespace Orchestration.Domain.Expressions;

/// <summary>A list; one that came from JSON is converted item by item only when it is looked into, and written back as it was.</summary>
internal sealed record ListValue : CelValue
{
    private CelValue[]? _items;

    internal ListValue(CelValue[] items) => _items = items;

    internal ListValue(JsonElement source) => Source = source;

    internal JsonElement? Source { get; }

    internal CelValue[] Items => _items ??= Convert(Source!.Value);

    internal int Count => _items?.Length ?? Source!.Value.GetArrayLength();

    /// <summary>What <see cref="Items"/> costs when it is asked for next.</summary>
    internal long ConversionCost => _items is null ? 8L * Count : 0;

    /// <summary>What one <see cref="At"/> costs.</summary>
    internal long LookupCost => _items is null ? 1 + (Count / 16) : 0;

    /// <summary>One item, without converting the others.</summary>
    internal CelValue At(int index) => _items is null ? CelJson.Read(Source!.Value[index]) : _items[index];

    internal override string TypeName => "list";

    private static CelValue[] Convert(JsonElement source)
    {
        var items = new CelValue[source.GetArrayLength()];
        int i = 0;
        foreach (JsonElement item in source.EnumerateArray())
        {
            items[i++] = CelJson.Read(item);
        }

        return items;
    }
}
