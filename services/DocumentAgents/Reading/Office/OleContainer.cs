using System.Text;

namespace DocumentAgents.Reading.Office;

/// <summary>The container of old office documents, which also wraps encrypted new ones.</summary>
internal static class OleContainer
{
    /// <summary>
    /// Whether the directory names an encrypted package. Names are UTF-16 in the directory, and occur nowhere else by chance.
    /// </summary>
    public static bool HoldsEncryptedPackage(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0;
}
