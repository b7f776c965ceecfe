using System.CommandLine.Parsing;

namespace Cli;

/// <summary>An address as it is written on the command line.</summary>
internal static class HttpAddress
{
    public static Uri? Of(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
        ? uri
        : null;

    public static Uri? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Of(text) is { } address)
        {
            return address;
        }

        result.AddError($"'{text}' is no http address");
        return null;
    }
}
