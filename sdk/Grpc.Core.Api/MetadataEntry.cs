using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>A key with a text or a binary value. It never changes.</summary>
    public class Entry
    {
        private readonly string? _text;
        private readonly byte[]? _bytes;

        /// <summary>Creates a binary entry.</summary>
        /// <param name="key">Letters, digits, '.', '_' and '-', ending in "-bin"; becomes lower case.</param>
        /// <param name="valueBytes">The value; it is copied.</param>
        /// <exception cref="ArgumentException">The key is not valid for a binary entry.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = NormalKey(key, mustBeBinary: true);
            _bytes = [.. valueBytes];
        }

        /// <summary>Creates a text entry.</summary>
        /// <param name="key">Letters, digits, '.', '_' and '-', not ending in "-bin"; becomes lower case.</param>
        /// <param name="value">ASCII text.</param>
        /// <exception cref="ArgumentException">The key is not valid for a text entry.</exception>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = NormalKey(key, mustBeBinary: false);
            _text = value;
        }

        /// <summary>The key, in lower case.</summary>
        public string Key { get; }

        /// <summary>Whether the value is binary.</summary>
        public bool IsBinary => _text is null;

        /// <summary>The text.</summary>
        /// <exception cref="InvalidOperationException">The entry is binary.</exception>
        public string Value => _text ?? throw new InvalidOperationException($"The value of '{Key}' is binary, not text.");

        /// <summary>A copy of the bytes; of a text entry its ASCII encoding.</summary>
        public byte[] ValueBytes => _text is null ? [.. _bytes!] : Encoding.ASCII.GetBytes(_text);

        /// <summary>Key and text, or key and number of bytes.</summary>
        public override string ToString() => _text is null
            ? $"[Entry: key={Key}, {_bytes!.Length} bytes]"
            : $"[Entry: key={Key}, value={_text}]";

        internal bool Is(string key) => string.Equals(Key, key, StringComparison.OrdinalIgnoreCase);

#pragma warning disable CA1308 // HTTP/2 header names are lower case
        private static string NormalKey(string key, bool mustBeBinary)
        {
            ArgumentNullException.ThrowIfNull(key);
            if (key.AsSpan().ContainsAnyExcept(KeyCharacters))
            {
                throw new ArgumentException($"'{key}' is not a metadata key: only letters, digits, '.', '_' and '-' are allowed.", nameof(key));
            }

            var normal = key.ToLowerInvariant();
            return normal.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal) == mustBeBinary
                ? normal
                : throw new ArgumentException(
                    $"'{key}' is not a key for a {(mustBeBinary ? "binary" : "text")} value: exactly the keys of binary values end in '-bin'.",
                    nameof(key));
        }
#pragma warning restore CA1308
    }
}
