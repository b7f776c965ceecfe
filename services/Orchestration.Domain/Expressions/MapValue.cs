using System.Text.Json;

namespace Orchestration.Domain.Expressions;

/// <summary>A map. Keys are int, uint, bool or string; numerically equal keys are the same key.</summary>
internal abstract record MapValue : CelValue
{
    internal override string TypeName => "map";

    internal abstract int Count { get; }

    /// <summary>The keys in a stable order.</summary>
    internal abstract IEnumerable<CelValue> Keys { get; }

    /// <summary>What one <see cref="Find(CelValue)"/> costs.</summary>
    internal virtual long LookupCost => 0;

    internal abstract CelValue? Find(CelValue key);

    internal CelValue? Find(string key) => Find(new StringValue(key));

    /// <summary>
    /// One form for keys that are equal: int when it fits, also for a double without fraction; null when no key can be equal.
    /// </summary>
    internal static CelValue? Normalize(CelValue key) => key switch
    {
        UintValue { Value: <= long.MaxValue } u => new IntValue((long)u.Value),
        DoubleValue d => Normalize(d.Value),
        IntValue or UintValue or BoolValue or StringValue => key,
        _ => null,
    };

    private static CelValue? Normalize(double value) => value switch
    {
        _ when value != Math.Truncate(value) => null,
        >= -9223372036854775808.0 and < 9223372036854775808.0 => new IntValue((long)value),
        >= 0 and < 18446744073709551616.0 => new UintValue((ulong)value),
        _ => null,
    };
}

/// <summary>A map made by an expression.</summary>
internal sealed record EntriesMap(OrderedDictionary<CelValue, (CelValue Key, CelValue Value)> Entries) : MapValue
{
    internal override int Count => Entries.Count;

    internal override IEnumerable<CelValue> Keys => Entries.Values.Select(entry => entry.Key);

    internal override CelValue? Find(CelValue key) =>
        Normalize(key) is { } normal && Entries.TryGetValue(normal, out (CelValue Key, CelValue Value) entry) ? entry.Value : null;
}

/// <summary>A JSON object, converted only where it is looked into.</summary>
internal sealed record JsonMap(JsonElement Source) : MapValue
{
    internal override int Count => Source.GetPropertyCount();

    internal override long LookupCost => Count;

    internal override IEnumerable<CelValue> Keys => Source.EnumerateObject().Select(property => new StringValue(property.Name));

    internal override CelValue? Find(CelValue key) =>
        key is StringValue name && Source.TryGetProperty(name.Value, out JsonElement value) ? CelJson.Read(value) : null;
}

/// <summary>The steps of a run as expressions see them.</summary>
internal sealed record StepsMap(IReadOnlyDictionary<string, StepView> Steps) : MapValue
{
    internal override int Count => Steps.Count;

    internal override IEnumerable<CelValue> Keys => Steps.Keys.Order(StringComparer.Ordinal).Select(id => new StringValue(id));

    internal override CelValue? Find(CelValue key) =>
        key is StringValue id && Steps.TryGetValue(id.Value, out StepView? step) ? new StepMap(step) : null;
}

/// <summary>One step of a run: its state, output and error.</summary>
internal sealed record StepMap(StepView Step) : MapValue
{
    private static readonly CelValue[] Names = [new StringValue("state"), new StringValue("output"), new StringValue("error")];

    internal override int Count => Names.Length;

    internal override IEnumerable<CelValue> Keys => Names;

    internal override CelValue? Find(CelValue key) => (key as StringValue)?.Value switch
    {
        "state" => new StringValue(Step.State),
        "output" => CelJson.Read(Step.Output),
        "error" => CelJson.Read(Step.Error),
        _ => null,
    };
}
