using System.Collections.Frozen;
using System.Text;

namespace Orchestration.Domain.Expressions;

/// <summary>A function on evaluated arguments; null means that it has no overload for their types.</summary>
internal delegate CelValue? Function(Evaluation evaluation, CelValue[] arguments);

/// <summary>The functions of the language.</summary>
internal static class Functions
{
    private static readonly FrozenDictionary<(string Name, bool HasTarget, int Arguments), Function> Table = Build();

    internal static IEnumerable<string> Names { get; } =
        [.. Table.Keys.Select(key => key.Name), "has", "all", "exists", "exists_one", "map", "filter"];

    internal static Function? Find(string name, bool hasTarget, int arguments) => Table.GetValueOrDefault((name, hasTarget, arguments));

    private static FrozenDictionary<(string, bool, int), Function> Build()
    {
        var table = new Dictionary<(string, bool, int), Function>
        {
            [("size", false, 1)] = Size,
            [("size", true, 1)] = Size,
            [("contains", true, 2)] = OnText((text, part) => text.Contains(part, StringComparison.Ordinal)),
            [("startsWith", true, 2)] = OnText((text, part) => text.StartsWith(part, StringComparison.Ordinal)),
            [("endsWith", true, 2)] = OnText((text, part) => text.EndsWith(part, StringComparison.Ordinal)),
            [("matches", true, 2)] = Matches,
            [("matches", false, 2)] = Matches,
            [("type", false, 1)] = (_, arguments) => new TypeValue(arguments[0].TypeName),
            [("dyn", false, 1)] = (_, arguments) => arguments[0],
            [("bool", false, 1)] = Convert(Conversions.ToBool),
            [("bytes", false, 1)] = Convert(Conversions.ToBytes),
            [("double", false, 1)] = Convert(Conversions.ToDouble),
            [("int", false, 1)] = Convert(Conversions.ToInt),
            [("uint", false, 1)] = Convert(Conversions.ToUint),
            [("string", false, 1)] = Convert(Conversions.ToStringValue),
            [("timestamp", false, 1)] = Convert(TimeParsing.ToTimestamp),
            [("duration", false, 1)] = Convert(TimeParsing.ToDuration),
        };
        foreach (string getter in TimeGetters.Names)
        {
            table[(getter, true, 1)] = (_, arguments) => TimeGetters.Get(getter, arguments[0], zone: null);
            table[(getter, true, 2)] = (_, arguments) => arguments[1] is StringValue zone
                ? TimeGetters.Get(getter, arguments[0], zone.Value)
                : null;
        }

        return table.ToFrozenDictionary();
    }

    private static CelValue? Size(Evaluation evaluation, CelValue[] arguments) => arguments[0] switch
    {
        StringValue text => evaluation.Charge(text.Value.Length / 4) ?? (CelValue)new IntValue(CodePoints(text.Value)),
        BytesValue bytes => new IntValue(bytes.Value.Length),
        ListValue list => new IntValue(list.Count),
        MapValue map => new IntValue(map.Count),
        _ => null,
    };

    private static int CodePoints(string text)
    {
        int count = 0;
        foreach (Rune _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static Function OnText(Func<string, string, bool> test) =>
        (evaluation, arguments) => arguments is [StringValue text, StringValue part]
        ? evaluation.Charge((text.Value.Length + part.Value.Length) / 8) ?? CelValue.Bool(test(text.Value, part.Value))
        : null;

    private static CelValue? Matches(Evaluation evaluation, CelValue[] arguments) => arguments is [StringValue text, StringValue pattern]
        ? evaluation.Charge(RegexPattern.Cost(text.Value, pattern.Value)) ?? evaluation.Pattern(pattern.Value).IsMatch(text.Value)
        : null;

    private static Function Convert(Func<CelValue, CelValue?> convert) => (evaluation, arguments) => arguments[0] switch
    {
        StringValue text when evaluation.Charge(text.Value.Length) is { } exhausted => exhausted,
        BytesValue bytes when evaluation.Charge(bytes.Value.Length) is { } exhausted => exhausted,
        _ => convert(arguments[0]),
    };
}
