namespace DocumentAccuracy;

internal sealed record Options(string Data, string? Json, string? Show, string? Lines)
{
    /// <summary>Null when the arguments make no sense.</summary>
    public static Options? Parse(string[] args)
    {
        var values = new Dictionary<string, string>();
        for (var index = 0; index + 1 < args.Length; index += 2)
        {
            values[args[index]] = args[index + 1];
        }

        var known = values.Keys.All(key => key is "--data" or "--json" or "--show" or "--lines");
        return args.Length % 2 == 0 && known && values.TryGetValue("--data", out var data) && Directory.Exists(data)
            ? new(data, values.GetValueOrDefault("--json"), values.GetValueOrDefault("--show"), values.GetValueOrDefault("--lines"))
            : null;
    }
}
