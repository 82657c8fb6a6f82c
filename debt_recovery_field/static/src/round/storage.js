import { browser } from "@web/core/browser/browser";

/**
 * What the phone keeps while there is no signal: one draft per visit and the last
 * round that was loaded. Keys carry the user, two people may share a phone.
 */
export class RoundStorage {
    constructor(userId) {
        this.prefix = `recovery_field:${userId}`;
    }

    read(name) {
        const text = browser.localStorage.getItem(`${this.prefix}:${name}`);
        return text ? JSON.parse(text) : null;
    }

    /** @returns {boolean} false when the phone has no room left */
    write(name, value) {
        try {
            browser.localStorage.setItem(`${this.prefix}:${name}`, JSON.stringify(value));
            return true;
        } catch {
            return false;
        }
    }

    remove(name) {
        browser.localStorage.removeItem(`${this.prefix}:${name}`);
    }

    drafts() {
        const start = `${this.prefix}:visit:`;
        const names = Object.keys(browser.localStorage).filter((key) => key.startsWith(start));
        return Object.fromEntries(
            names.map((key) => [
                Number(key.slice(start.length)),
                JSON.parse(browser.localStorage.getItem(key)),
            ])
        );
    }
}

export const MAX_PHOTO_MB = 40;
const LONGEST_SIDE = 1280;

/**
 * Make a photo small enough for a slow line.
 *
 * @param {File} file
 * @returns {Promise<string|null>} data URL, null when the file is no picture
 */
export async function shrinkPhoto(file) {
    if (file.size > MAX_PHOTO_MB * 1024 * 1024 || !file.type.startsWith("image/")) {
        return null;
    }
    try {
        const image = await createImageBitmap(file);
        const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(image.width * scale);
        canvas.height = Math.round(image.height * scale);
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        return canvas.toDataURL("image/jpeg", 0.75);
    } catch {
        return null;
    }
}
