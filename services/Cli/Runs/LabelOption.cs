using System.CommandLine;

namespace Cli.Runs;

/// <summary>The option <c>--label NAME=VALUE</c>.</summary>
internal static class LabelOption
{
    public static Option<string[]> Create(string description)
    {
        var labels = new Option<string[]>("--label") { Description = description, HelpName = "NAME=VALUE" };
        labels.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError($"--label {token.Value}: NAME=VALUE is expected");
            }
        });
        return labels;
    }

    /// <summary>The labels given; of one name the last.</summary>
    public static Dictionary<string, string> Read(ParseResult parsed, Option<string[]> labels)
    {
        var read = new Dictionary<string, string>();
        foreach (var label in parsed.GetValue(labels) ?? [])
        {
            var parts = label.Split('=', 2);
            read[parts[0]] = parts[1];
        }

        return read;
    }
}
