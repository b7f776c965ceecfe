using Xunit;

namespace Architecture.Tests;

internal static class None
{
    /// <summary>Passes when there are no findings, and shows every one otherwise.</summary>
    public static void Of(IEnumerable<string> findings)
    {
        var all = findings.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
